// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.thornback.api.ThornbackException;
import org.thornback.api.ThornbackException.Category;
import org.thornback.api.session.Session;
import org.thornback.api.session.SessionLayout;

/**
 * The directories of one session on disk. Immutable but for the places of sockets, each given out once.
 *
 * <p>Sockets lie in the session when their paths are short enough, else in a short directory that {@code sockets} leads to.
 */
final class SessionDirectories implements Session {
    private static final int MAX_SOCKET_BYTES = 107;
    private static final int LONGEST_SOCKET_NAME = 24;

    private final String name;
    private final Path directory;
    private final Path sockets;
    private final Map<String, Path> places;

    private SessionDirectories(String name, Path directory, Path sockets, Map<String, Path> places) {
        this.places = new ConcurrentHashMap<>(places);
        this.name = requireNonNull(name, "name");
        this.directory = requireNonNull(directory, "directory");
        this.sockets = requireNonNull(sockets, "sockets");
    }

    static SessionDirectories create(
            Path root, SessionLayout layout, LocalDateTime now, long pid, Map<String, String> environment)
            throws IOException {
        String name = newestName(root, layout, now.truncatedTo(ChronoUnit.MICROS), pid);
        Path directory = SafeDirectories.create(root.resolve(name));
        SafeDirectories.create(directory.resolve("logs"));
        Path sockets = directory.resolve("sockets");
        if (length(sockets) + 1 + LONGEST_SOCKET_NAME <= MAX_SOCKET_BYTES) {
            SafeDirectories.create(sockets);
        } else {
            Path shortDirectory = ShortDirectory.create(environment);
            Files.createSymbolicLink(sockets, shortDirectory);
            sockets = shortDirectory;
        }
        lead(root.resolve("session_latest"), directory);
        return new SessionDirectories(name, directory, sockets, Map.of());
    }

    /** Goes on with the session that a predecessor began. */
    @SuppressWarnings("unchecked") // as estate() makes it
    static SessionDirectories of(Map<?, ?> estate) {
        return new SessionDirectories(
                (String) estate.get("name"), (Path) estate.get("directory"), (Path) estate.get("sockets"), (Map<
                                String, Path>)
                        estate.get("places"));
    }

    /** What a successor needs to go on with the session, in types of the JDK. */
    Map<String, Object> estate() {
        return Map.of("name", name, "directory", directory, "sockets", sockets, "places", Map.copyOf(places));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Path logs() {
        return directory.resolve("logs");
    }

    @Override
    public Path sockets() {
        return sockets;
    }

    @Override
    public Path socket(String socketName) {
        return places.computeIfAbsent(socketName, this::freePlace);
    }

    /** Removes the sockets; logs stay. */
    void close() {
        try (Stream<Path> all = Files.walk(sockets)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
            Files.deleteIfExists(directory.resolve("sockets"));
        } catch (NoSuchFileException e) {
            return; // already gone
        } catch (IOException e) {
            throw new ThornbackException(
                    Category.FATAL, "sockets=" + sockets + " cannot be removed: " + e.getMessage(), e);
        }
    }

    private Path freePlace(String socketName) {
        Path place = sockets.resolve(socketName);
        for (int i = 1; Files.exists(place); i++) {
            place = sockets.resolve(socketName + "." + i);
        }
        return place;
    }

    /** A name after all that are there, even when the clock went back. */
    private static String newestName(Path root, SessionLayout layout, LocalDateTime now, long pid) throws IOException {
        Optional<String> newest;
        try (Stream<Path> all = Files.list(root)) {
            newest = all.map(path -> path.getFileName().toString())
                    .filter(file -> TimeInName.of(file).isPresent())
                    .max(Comparator.naturalOrder());
        }
        LocalDateTime time = now;
        String name = layout.sessionName(time, pid);
        if (newest.isPresent() && name.compareTo(newest.get()) <= 0) {
            time = TimeInName.of(newest.get()).orElseThrow().plus(1, ChronoUnit.MICROS);
            name = layout.sessionName(time, pid);
        }
        return name;
    }

    /** Replaces a link in one step; what is no link stays. */
    private static void lead(Path link, Path target) throws IOException {
        if (Files.exists(link) && !Files.isSymbolicLink(link)) {
            return;
        }
        Path fresh = link.resolveSibling(
                "." + link.getFileName() + "." + ProcessHandle.current().pid());
        Files.deleteIfExists(fresh);
        Files.createSymbolicLink(fresh, target);
        Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static int length(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cache;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.thornback.api.worker.WorkerClassPath;
import org.thornback.launcher.internal.home.Home;
import org.thornback.launcher.internal.home.Trees;

/**
 * Makes the AOT caches of nodes, workers and commands: a training, then the JVM turns what it noted into caches.
 *
 * <p>A cache appears under its name only when it is complete. What cannot be made is not tried again until somebody asks for
 * it: a start without caches is only slower. One thread; two processes never make them at once.
 */
public final class CacheMaker {
    private static final String NODE = "node.aot";
    private static final String WORKER = "worker.aot";
    private static final String COMMAND = "command.aot";
    private static final String FAILED = "failed";

    private final Home home;
    private final Path cache;
    private final List<Process> running = new CopyOnWriteArrayList<>();

    /**
     * Prepares the making.
     *
     * @param home the distribution.
     */
    public CacheMaker(Home home) {
        this.home = requireNonNull(home, "home");
        this.cache = home.cache();
    }

    /**
     * Whether the caches are there.
     *
     * @return true when a node can use them.
     */
    public boolean isDone() {
        return Files.exists(cache.resolve(NODE));
    }

    /**
     * Makes them.
     *
     * @return why they could not be made; empty when they are there, or when another process makes them right now.
     * @throws InterruptedException when the process is to end.
     */
    public Optional<String> make() throws InterruptedException {
        try {
            Files.createDirectories(cache);
            try (FileChannel channel = FileChannel.open(
                            cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                return lock == null ? Optional.empty() : makeLocked();
            }
        } catch (IOException unwritable) {
            return Optional.of("directory=" + cache + " cannot be written (" + unwritable.getMessage() + ")");
        }
    }

    private Optional<String> makeLocked() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(cache, "training");
        Path sockets = Files.createTempDirectory("ray-"); // the cache's path may be too long for a socket
        Thread hook = new Thread(() -> clear(directory, sockets));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Training training = new Training(home, directory, sockets, running);
            training.run();
            create(training, directory);
            Files.deleteIfExists(cache.resolve(FAILED));
            return Optional.empty();
        } catch (IOException | RuntimeException failure) {
            String reason = String.valueOf(failure.getMessage());
            Files.writeString(cache.resolve(FAILED), reason + "\n");
            return Optional.of(reason);
        } finally {
            clear(directory, sockets);
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void create(Training training, Path directory) throws IOException, InterruptedException {
        List<Process> creators = new ArrayList<>();
        Optional<Path> worker = training.workerRecording();
        if (worker.isPresent()) {
            creators.add(creator(
                    "worker.jvm", worker.get(), directory.resolve(WORKER), WorkerClassPath.of(home.directory())));
        }
        String classPath = System.getProperty("java.class.path");
        creators.add(creator("node.jvm", training.storeRecording(), directory.resolve(COMMAND), classPath));
        creators.add(creator("node.jvm", training.nodeRecording(), directory.resolve(NODE), classPath));
        for (Process creator : creators) {
            String said = new String(creator.getInputStream().readAllBytes());
            if (creator.waitFor() != 0) {
                throw new IOException("the JVM could not make a cache: " + said.strip());
            }
        }
        for (String name : List.of(WORKER, COMMAND, NODE)) { // the node's last: where it is, all are
            if (Files.exists(directory.resolve(name))) {
                Files.move(directory.resolve(name), cache.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private Process creator(String flags, Path recording, Path target, String classPath) throws IOException {
        Process process = new ProcessBuilder(
                        Home.java().toString(),
                        "@" + home.directory().resolve("etc").resolve(flags),
                        "-XX:AOTMode=create",
                        "-XX:AOTConfiguration=" + recording,
                        "-XX:AOTCache=" + target,
                        "-cp",
                        classPath)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        running.add(process);
        return process;
    }

    private void clear(Path... directories) {
        running.forEach(Process::destroyForcibly);
        running.forEach(process -> process.onExit().join());
        for (Path directory : directories) {
            try {
                if (Files.exists(directory)) {
                    Trees.delete(directory);
                }
            } catch (IOException left) {
                System.err.println("ray: directory " + directory + " could not be removed: " + left);
            }
        }
    }
}

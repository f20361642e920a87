// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Huge pages of a test's own: set aside and mounted for a user as the page says, and given back at the close. Needs root. The
 * pool is the machine's: pages are added to those that are there and taken away again.
 */
public final class HugePageMount implements AutoCloseable {
    private static final Path POOL = Path.of("/proc/sys/vm/nr_hugepages");
    private static final Path COMPACT = Path.of("/proc/sys/vm/compact_memory");
    private static final Path FREE = Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages");
    private static final Path PROMISED = FREE.resolveSibling("resv_hugepages");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path directory;
    private final int pages;

    private HugePageMount(Path directory, int pages) {
        this.directory = directory;
        this.pages = pages;
    }

    /** What came of asking for huge pages: one of the two is there. */
    public record Found(Optional<HugePageMount> mount, String reason) {}

    /**
     * Sets pages aside and mounts their file system, or says why a test cannot have them here.
     *
     * @param directory made for it.
     * @param user      who may write there, as user and group id.
     * @param pages     of 2 MiB.
     */
    public static Found find(Path directory, int user, int pages) throws InterruptedException {
        try {
            Optional<String> obstacle = obstacle();
            return obstacle.isPresent()
                    ? new Found(Optional.empty(), obstacle.get())
                    : new Found(Optional.of(make(directory, user, pages)), "");
        } catch (IOException e) {
            return new Found(Optional.empty(), e.getMessage());
        }
    }

    private static Optional<String> obstacle() throws IOException {
        if (!Files.exists(FREE)
                || !Files.readString(Path.of("/proc/filesystems")).contains("hugetlbfs")) {
            return Optional.of("this kernel has no huge pages of 2 MiB");
        }
        if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0) || !Files.isWritable(POOL)) {
            return Optional.of("only root can set huge pages aside and mount their file system");
        }
        return Optional.empty();
    }

    private static HugePageMount make(Path directory, int user, int pages) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        HugePageMount mount = new HugePageMount(directory, pages);
        long before = total();
        Files.writeString(POOL, Long.toString(before + pages));
        if (total() < before + pages) {
            Files.writeString(COMPACT, "1"); // free memory may lie in small pieces
            Files.writeString(POOL, Long.toString(before + pages));
        }
        try {
            if (total() < before + pages) {
                throw new IOException("the kernel gave only " + (total() - before) + " of " + pages + " huge pages");
            }
            run("mount", "-t", "hugetlbfs", "-o", "uid=" + user + ",gid=" + user, "none", directory.toString());
            return mount;
        } catch (IOException e) {
            Files.writeString(POOL, Long.toString(before));
            throw e;
        }
    }

    private static long total() throws IOException {
        return number(POOL);
    }

    /** Reads with one call: such a file ends after the first, and reading all of it begins with one byte. */
    private static long number(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return Long.parseLong(reader.readLine().strip());
        }
    }

    /** Pages nobody has now, nor was promised. */
    public static long free() throws IOException {
        return number(FREE) - number(PROMISED);
    }

    /** Where it is mounted. */
    public Path directory() {
        return directory;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Distribution.Answer answer = Distribution.run(LIMIT, Map.of(), List.of(command));
        if (answer.status() != 0) {
            throw new IOException(
                    List.of(command) + " failed: " + answer.errors().strip());
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            run("umount", directory.toString());
        } finally {
            Files.writeString(POOL, Long.toString(Math.max(0, total() - pages)));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The limits of the control groups this process is in, its own and those around it, of version 2 and 1. Looks below a root
 * directory. Stateless.
 *
 * <p>In a container the group's path is often one of the host, which is not there: then the mount itself is the group.
 */
public final class Cgroups {
    private static final Path MOUNT = Path.of("sys/fs/cgroup");
    private static final Set<String> CACHE = Set.of("inactive_file", "active_file");

    private final Path root;

    /**
     * Looks nowhere yet.
     *
     * @param root below which the kernel's file systems are.
     */
    public Cgroups(Path root) {
        this.root = requireNonNull(root, "root");
    }

    /**
     * The least quota of CPUs.
     *
     * @return empty for none.
     */
    public OptionalDouble cpus() {
        Stream<OptionalDouble> unified = groups("").map(this::quota);
        Stream<OptionalDouble> separate = groups("cpu").map(this::separateQuota);
        return Stream.concat(unified, separate)
                .flatMapToDouble(OptionalDouble::stream)
                .min();
    }

    /**
     * The least limit of memory.
     *
     * @return in bytes; empty for none.
     */
    public OptionalLong memory() {
        return LongStream.concat(
                        groups("").flatMapToLong(group -> number(group, "memory.max").stream()),
                        groups("memory").flatMapToLong(group -> number(group, "memory.limit_in_bytes").stream()))
                .min();
    }

    /**
     * The least limit of processes and threads together.
     *
     * @return empty for none.
     */
    public OptionalLong processes() {
        return Stream.of("", "pids")
                .flatMap(this::groups)
                .flatMapToLong(group -> number(group, "pids.max").stream())
                .min();
    }

    /**
     * The least limit of huge pages of a size.
     *
     * @param pageSize of one page in bytes.
     * @return in bytes; empty for none.
     */
    public OptionalLong hugePages(long pageSize) {
        String controller = "hugetlb";
        String size = controller + "." + unit(pageSize);
        return LongStream.concat(
                        groups("").flatMapToLong(group -> number(group, size + ".max").stream()),
                        groups(controller).flatMapToLong(group -> number(group, size + ".limit_in_bytes").stream()))
                .min();
    }

    /** As the kernel names sizes of huge pages. */
    private static String unit(long pageSize) {
        if (pageSize >= 1 << 30) {
            return (pageSize >> 30) + "GB";
        }
        return pageSize >= 1 << 20 ? (pageSize >> 20) + "MB" : (pageSize >> 10) + "KB";
    }

    /**
     * The least that a group lets this process still take. What the kernel can drop is free.
     *
     * @return in bytes; empty for no limit.
     */
    public OptionalLong freeMemory() {
        return LongStream.concat(
                        groups("").flatMapToLong(group -> free(group, "memory.max", "memory.current")),
                        groups("memory")
                                .flatMapToLong(group -> free(group, "memory.limit_in_bytes", "memory.usage_in_bytes")))
                .min();
    }

    private LongStream free(Path group, String limit, String usage) {
        OptionalLong most = number(group, limit);
        OptionalLong used = number(group, usage);
        return most.isPresent() && used.isPresent()
                ? LongStream.of(Math.max(0, most.getAsLong() - Math.max(0, used.getAsLong() - cache(group))))
                : LongStream.empty();
    }

    private long cache(Path group) {
        return text(group, "memory.stat").stream()
                .flatMap(String::lines)
                .map(line -> line.split(" "))
                .filter(words -> words.length == 2 && CACHE.contains(words[0]))
                .mapToLong(words -> Long.parseLong(words[1]))
                .sum();
    }

    private OptionalDouble quota(Path group) {
        String[] words = text(group, "cpu.max").orElse("max").split("\\s+");
        return words.length < 2 || "max".equals(words[0])
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(words[0]) / Double.parseDouble(words[1]));
    }

    private OptionalDouble separateQuota(Path group) {
        OptionalLong quota = number(group, "cpu.cfs_quota_us");
        OptionalLong period = number(group, "cpu.cfs_period_us");
        return quota.isPresent() && period.isPresent()
                ? OptionalDouble.of((double) quota.getAsLong() / period.getAsLong())
                : OptionalDouble.empty();
    }

    /** The groups of a controller of version 1, or of version 2 for the empty name: from the mount down to this process's. */
    private Stream<Path> groups(String controller) {
        Path group = root.resolve(MOUNT).resolve(controller);
        List<Path> groups = new ArrayList<>(List.of(group));
        for (Path name : ownPath(controller)) {
            group = group.resolve(name);
            groups.add(group);
        }
        return groups.stream();
    }

    private Path ownPath(String controller) {
        return text(root, "proc/self/cgroup").stream()
                .flatMap(String::lines)
                .map(line -> line.split(":", 3))
                .filter(parts ->
                        parts.length == 3 && Arrays.asList(parts[1].split(",")).contains(controller))
                .map(parts -> Path.of(parts[2].substring(1)))
                .findFirst()
                .orElse(Path.of(""));
    }

    /** A limit or an amount; "max" and -1 are none, nor are the huge numbers version 1 writes for no limit. */
    private static OptionalLong number(Path group, String file) {
        return text(group, file).stream()
                .filter(text -> text.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    private static Optional<String> text(Path directory, String file) {
        try {
            return Optional.of(Files.readString(directory.resolve(file)).trim());
        } catch (IOException e) {
            return Optional.empty(); // not this kind of system
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.thornback.api.resources.Machine;
import org.thornback.api.resources.ResourceDetector;

/**
 * Looks below a root directory: {@code /proc}, and the cgroup file systems of both versions. Stateless.
 *
 * <p>A quota of a fraction of a CPU counts as a whole one, for nothing could run on none.
 */
@Component
public final class LinuxDetector implements ResourceDetector {
    private static final long KIB = 1024;
    private static final long NO_LIMIT = Long.MAX_VALUE / 2;

    private final Path root;
    private final int processors;
    private final Optional<String> visibleGpus;

    /** Looks at this machine. */
    @Activate
    public LinuxDetector() {
        this(
                Path.of("/"),
                Runtime.getRuntime().availableProcessors(),
                Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")));
    }

    LinuxDetector(Path root, int processors, Optional<String> visibleGpus) {
        this.root = root;
        this.processors = processors;
        this.visibleGpus = visibleGpus;
    }

    @Override
    public Machine detect() {
        long total = Math.min(memoryInfo("MemTotal:"), memoryLimit());
        long free = memoryInfo("MemAvailable:");
        long available = memoryUsage().isPresent() && memoryLimit() < NO_LIMIT
                ? Math.min(free, total - memoryUsage().getAsLong())
                : free;
        return new Machine(cpus(), gpus(), total, Math.max(0, available));
    }

    private int cpus() {
        double quota = quota();
        int limited = quota > 0 ? (int) Math.ceil(quota) : processors;
        return Math.max(1, Math.min(processors, limited));
    }

    private double quota() {
        Optional<String> v2 = text("sys/fs/cgroup/cpu.max");
        if (v2.isPresent()) {
            String[] words = v2.get().split("\\s+");
            return "max".equals(words[0]) ? 0 : Double.parseDouble(words[0]) / Double.parseDouble(words[1]);
        }
        OptionalLong quota = number("sys/fs/cgroup/cpu/cpu.cfs_quota_us");
        OptionalLong period = number("sys/fs/cgroup/cpu/cpu.cfs_period_us");
        return quota.isPresent() && period.isPresent() && quota.getAsLong() > 0
                ? (double) quota.getAsLong() / period.getAsLong()
                : 0;
    }

    private int gpus() {
        int there = 0;
        Path devices = root.resolve("proc/driver/nvidia/gpus");
        if (Files.isDirectory(devices)) {
            try (Stream<Path> list = Files.list(devices)) {
                there = (int) list.count();
            } catch (IOException e) {
                there = 0; // a driver that cannot be asked has no GPU for us
            }
        }
        if (visibleGpus.isEmpty()) {
            return there;
        }
        String visible = visibleGpus.get();
        if (visible.isBlank() || "NoDevFiles".equals(visible)) {
            return 0;
        }
        return Math.min(there, visible.split(",").length);
    }

    private long memoryInfo(String name) {
        return text("proc/meminfo").stream()
                        .flatMap(String::lines)
                        .filter(line -> line.startsWith(name))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElse(0)
                * KIB;
    }

    private long memoryLimit() {
        OptionalLong v2 = number("sys/fs/cgroup/memory.max");
        OptionalLong v1 = number("sys/fs/cgroup/memory/memory.limit_in_bytes");
        return v2.orElse(v1.orElse(Long.MAX_VALUE));
    }

    private OptionalLong memoryUsage() {
        OptionalLong current = number("sys/fs/cgroup/memory.current");
        if (current.isEmpty()) {
            current = number("sys/fs/cgroup/memory/memory.usage_in_bytes");
        }
        if (current.isEmpty()) {
            return current;
        }
        long cache = Stream.of("sys/fs/cgroup/memory.stat", "sys/fs/cgroup/memory/memory.stat")
                .map(this::text)
                .flatMap(Optional::stream)
                .findFirst()
                .stream()
                .flatMap(String::lines)
                .map(line -> line.split(" "))
                .filter(words -> Arrays.asList("inactive_file", "active_file").contains(words[0]))
                .mapToLong(words -> Long.parseLong(words[1]))
                .sum();
        return OptionalLong.of(Math.max(0, current.getAsLong() - cache));
    }

    private OptionalLong number(String path) {
        return text(path)
                .filter(text -> text.matches("-?\\d{1,18}"))
                .map(Long::parseLong)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private Optional<String> text(String path) {
        try {
            return Optional.of(Files.readString(root.resolve(path)).trim());
        } catch (IOException e) {
            return Optional.empty(); // not this kind of system
        }
    }
}

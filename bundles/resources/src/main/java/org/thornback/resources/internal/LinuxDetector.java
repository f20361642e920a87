// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
        Cgroups cgroups = new Cgroups(root);
        long total = Math.min(memoryInfo("MemTotal:"), cgroups.memory().orElse(Long.MAX_VALUE));
        long available =
                Math.min(memoryInfo("MemAvailable:"), cgroups.freeMemory().orElse(Long.MAX_VALUE));
        return new Machine(cpus(cgroups), gpus(), total, available);
    }

    private int cpus(Cgroups cgroups) {
        int limited = (int) Math.ceil(cgroups.cpus().orElse(processors));
        return Math.max(1, Math.min(processors, limited));
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
        // To CUDA, what follows a device that is not there is invisible, too.
        long named = Stream.of(visible.split(","))
                .takeWhile(device -> !device.strip().startsWith("-"))
                .count();
        return (int) Math.min(there, named);
    }

    private long memoryInfo(String name) {
        try (Stream<String> lines = Files.lines(root.resolve("proc/meminfo"))) {
            return lines.filter(line -> line.startsWith(name))
                            .map(line -> line.replaceAll("\\D", ""))
                            .mapToLong(Long::parseLong)
                            .findFirst()
                            .orElse(0)
                    * KIB;
        } catch (IOException e) {
            return 0; // not this kind of system
        }
    }
}

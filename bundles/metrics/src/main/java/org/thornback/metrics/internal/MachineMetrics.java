// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.metrics.internal;

import static java.util.Objects.requireNonNull;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.metrics.MetricSource;
import org.thornback.api.metrics.MetricsSink;
import org.thornback.api.resources.Machine;
import org.thornback.api.resources.ResourceDetector;
import org.thornback.api.session.Session;

/** The machine of the node: processors, memory, and the disk of its session. Safe from any thread. */
@Component
public final class MachineMetrics implements MetricSource {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final double PERCENT = 100;

    private final ResourceDetector detector;
    private final Path directory;

    /**
     * Waits for somebody to ask.
     *
     * @param detector looks at the machine.
     * @param session  whose disk counts.
     */
    @Activate
    public MachineMetrics(@Reference ResourceDetector detector, @Reference Session session) {
        this.detector = requireNonNull(detector, "detector");
        this.directory = session.directory();
    }

    @Override
    public void report(MetricsSink sink) {
        Machine machine = detector.detect();
        gauge(sink, "cpu_count", "Processors, limits of the control group included.", machine.cpus());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            double load = system.getCpuLoad();
            if (load >= 0) {
                gauge(sink, "cpu_utilization", "Percentage of the processors in use.", load * PERCENT);
            }
        }
        gauge(sink, "mem_available", "Bytes of memory not in use.", machine.availableMemory());
        gauge(sink, "mem_used", "Bytes of memory in use.", machine.totalMemory() - machine.availableMemory());
        // Ray's name; Prometheus keeps the ending for counters, and this one never falls
        sink.counter("ray_node_mem_total", "Bytes of memory.", Map.of(), machine.totalMemory());
        disk(sink);
    }

    private void disk(MetricsSink sink) {
        try {
            FileStore store = Files.getFileStore(directory);
            double total = store.getTotalSpace();
            double free = store.getUsableSpace();
            gauge(sink, "disk_free", "Bytes left on the disk of the session.", free);
            gauge(sink, "disk_usage", "Bytes taken on the disk of the session.", total - free);
            if (total > 0) {
                gauge(
                        sink,
                        "disk_utilization_percentage",
                        "Percentage of the disk of the session that is taken.",
                        (total - free) / total * PERCENT);
            }
        } catch (IOException gone) {
            LOG.warn("the disk of {} cannot be measured: {}", directory, gone.toString());
        }
    }

    private static void gauge(MetricsSink sink, String name, String description, double value) {
        sink.gauge("ray_node_" + name, description, Map.of(), value);
    }
}

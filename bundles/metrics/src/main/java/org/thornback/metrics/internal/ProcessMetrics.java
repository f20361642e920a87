// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.metrics.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.metrics.MetricSource;
import org.thornback.api.metrics.MetricsSink;
import org.thornback.api.worker.WorkerInfo;
import org.thornback.api.worker.WorkerInfo.State;
import org.thornback.api.worker.WorkerPool;

/** The node's own process and its workers: memory, open files, and what workers do. Safe from any thread. */
@Component
public final class ProcessMetrics implements MetricSource {
    private static final double MEGABYTE = 1e6;
    private static final int KIBIBYTE = 1024;

    private final Path proc;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile WorkerPool pool;

    /** Looks at this machine's processes. */
    @Activate
    public ProcessMetrics() {
        this(Path.of("/proc"));
    }

    ProcessMetrics(Path proc) {
        this.proc = requireNonNull(proc, "proc");
    }

    @Override
    public void report(MetricsSink sink) {
        component(sink, "raylet", List.of(ProcessHandle.current().pid()));
        WorkerPool asked = pool;
        if (asked == null) {
            return;
        }
        List<WorkerInfo> workers = asked.workers();
        component(sink, "workers", workers.stream().map(WorkerInfo::pid).toList());
        Map<State, Integer> counts = new EnumMap<>(State.class);
        workers.forEach(worker -> counts.merge(worker.state(), 1, Integer::sum));
        for (State state : State.values()) {
            sink.gauge(
                    "thornback_workers",
                    "Worker processes by state.",
                    Map.of("State", state.name()),
                    counts.getOrDefault(state, 0));
        }
    }

    private void component(MetricsSink sink, String component, List<Long> processes) {
        Map<String, String> label = Map.of("Component", component);
        sink.gauge(
                "ray_component_rss_mb",
                "Resident memory in megabytes.",
                label,
                processes.stream().mapToLong(this::resident).sum() / MEGABYTE);
        sink.gauge(
                "ray_component_num_fds",
                "Open files.",
                label,
                processes.stream().mapToLong(this::files).sum());
    }

    private long resident(long process) {
        try (Stream<String> lines =
                Files.lines(proc.resolve(Long.toString(process)).resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    * KIBIBYTE;
        } catch (IOException ended) {
            return 0; // between the list and the look
        }
    }

    private long files(long process) {
        try (Stream<Path> files =
                Files.list(proc.resolve(Long.toString(process)).resolve("fd"))) {
            return files.count();
        } catch (IOException ended) {
            return 0; // between the list and the look
        }
    }
}

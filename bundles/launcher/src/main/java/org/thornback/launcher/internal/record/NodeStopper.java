// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends node JVMs and what they started: asks the nodes first, and kills what has not ended after the grace period.
 *
 * <p>Workers and Redis end with their node, through the pipes it holds; they are only watched, and killed when they stay.
 */
public final class NodeStopper {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final Duration FAMILY_TIME = Duration.ofSeconds(2);
    private static final Duration KILL_TIME = Duration.ofSeconds(5);

    /**
     * What became of the processes.
     *
     * @param processes how many there were, nodes and what they had started.
     * @param killed    pids of those that had to be killed.
     * @param left      pids of those that still run.
     */
    public record Result(int processes, List<Long> killed, List<Long> left) {}

    private NodeStopper() {}

    /**
     * Ends nodes, all at once.
     *
     * @param nodes the nodes.
     * @param grace time to end by themselves; zero kills at once.
     * @return what became of them.
     */
    public static Result stop(List<RunningNode> nodes, Duration grace) {
        List<ProcessId> heads = nodes.stream().map(RunningNode::process).toList();
        Set<ProcessId> all = new LinkedHashSet<>(heads);
        heads.forEach(head -> all.addAll(family(head)));
        if (!grace.isZero()) {
            heads.forEach(ProcessId::terminate);
            if (awaitEnd(heads, grace).isEmpty()) {
                awaitEnd(all, FAMILY_TIME);
            }
        }
        List<ProcessId> staying = awaitEnd(all, Duration.ZERO);
        staying.forEach(ProcessId::kill);
        List<ProcessId> left = awaitEnd(staying, KILL_TIME);
        List<ProcessId> killed = new ArrayList<>(staying);
        killed.removeAll(left);
        return new Result(all.size(), pids(killed), pids(left));
    }

    private static List<ProcessId> family(ProcessId head) {
        List<ProcessId> found = new ArrayList<>();
        ProcessHandle.of(head.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .forEach(child -> {
                    OptionalLong ticks = ProcessId.startTicks(child.pid());
                    if (ticks.isPresent()) {
                        found.add(new ProcessId(child.pid(), ticks.getAsLong()));
                    }
                });
        return found;
    }

    private static List<ProcessId> awaitEnd(Iterable<ProcessId> processes, Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        List<ProcessId> left = new ArrayList<>();
        processes.forEach(left::add);
        while (true) {
            left.removeIf(process -> !process.alive());
            if (left.isEmpty()
                    || System.nanoTime() - deadline >= 0
                    || Thread.currentThread().isInterrupted()) {
                return left;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static List<Long> pids(List<ProcessId> processes) {
        return processes.stream().map(ProcessId::pid).toList();
    }
}

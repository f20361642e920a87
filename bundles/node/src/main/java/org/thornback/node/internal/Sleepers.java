// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/**
 * Finds leases of tasks without resources that wait for something nobody tells the raylet of: a sleep, a socket, a file that
 * another task is to write. While such tasks wait for their turn, it looks once a second at the CPU time of the workers that
 * have theirs: one that computes keeps its CPU to itself however long it takes, one that hardly does counts as waiting.
 *
 * <p>Owned by the conductor.
 */
final class Sleepers {
    static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int HARDLY = 10; // one part of so many of a CPU
    private static final int MOST_FOR_EACH_CPU = 64;

    private final LongUnaryOperator cpuNanos;
    private final int most;
    private final Map<Long, Sample> samples = new HashMap<>();
    private boolean watching;
    private long lastLook;

    /** CPU time of a lease's worker, when it was looked at. */
    private record Sample(long cpuNanos, boolean sleeps) {}

    /**
     * Knows nobody yet.
     *
     * @param cpuNanos CPU time a process has used, by its id.
     * @param cpus     of this node.
     */
    Sleepers(LongUnaryOperator cpuNanos, int cpus) {
        this.cpuNanos = requireNonNull(cpuNanos, "cpuNanos");
        this.most = Math.max(1, cpus) * MOST_FOR_EACH_CPU;
    }

    /** CPU time of a process of this machine; 0 when it is gone. */
    static long cpuNanosOf(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(time -> time.toNanos())
                .orElse(0L);
    }

    /**
     * Looks again if it is time to.
     *
     * @param held     leases with a worker.
     * @param othersWait whether tasks without resources wait for their turn.
     * @return whether {@link #sleeps} may answer otherwise than before.
     */
    boolean look(Collection<Lease> held, boolean othersWait, long nowNanos) {
        if (watching ? nowNanos - lastLook < PERIOD_NANOS : !othersWait) {
            return false;
        }
        if (!othersWait && samples.values().stream().noneMatch(Sample::sleeps)) {
            watching = false;
            samples.clear();
            return false;
        }
        Map<Long, Sample> before = Map.copyOf(samples);
        samples.clear();
        int sleeping = 0;
        for (Lease lease : held) {
            if (lease.request().withoutResources() && lease.worker() != null) {
                Sample sample = sample(lease, before.get(lease.id()), nowNanos - lastLook, sleeping < most);
                samples.put(lease.id(), sample);
                sleeping += sample.sleeps() ? 1 : 0;
            }
        }
        watching = true;
        lastLook = nowNanos;
        return true;
    }

    /** Whether a lease was found to wait. */
    boolean sleeps(Lease lease) {
        Sample sample = samples.get(lease.id());
        return sample != null && sample.sleeps();
    }

    /** When to look again: nanoseconds from now, {@link Long#MAX_VALUE} for not before something happens. */
    long nextNanos(long nowNanos) {
        return watching ? Math.max(0, lastLook + PERIOD_NANOS - nowNanos) : Long.MAX_VALUE;
    }

    private Sample sample(Lease lease, Sample before, long elapsed, boolean mayCount) {
        long cpu = cpuNanos.applyAsLong(lease.worker().client().pid());
        boolean sleeps = mayCount && before != null && (cpu - before.cpuNanos()) * HARDLY < elapsed;
        return new Sample(cpu, sleeps);
    }
}

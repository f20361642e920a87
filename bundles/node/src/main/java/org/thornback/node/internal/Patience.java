// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Finds requests of tasks without resources that could wait for ever behind tasks that compute: those may be polling for what
 * these would do.
 *
 * <ul>
 *   <li>An owner none of whose tasks runs gets its first worker after a moment, however busy the others are.
 *   <li>Any other gets a further one when it has asked for ten seconds. Owners take their request back when a task of theirs
 *       ends, so nothing of it has moved in that time.
 * </ul>
 *
 * <p>One at a time, each time it is asked. Owned by the conductor.
 */
final class Patience {
    static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Map<Long, Long> since = new HashMap<>();
    private long lastLong;

    /**
     * Looks who has waited for too long.
     *
     * @param waiting requests.
     * @param held    leases.
     * @return the request that has waited longest of those that need not wait any more.
     */
    Optional<Lease> exhausted(Collection<Lease> waiting, Collection<Lease> held, long nowNanos) {
        if (waiting.isEmpty() && since.isEmpty()) {
            return Optional.empty();
        }
        Map<Long, Long> known = Map.copyOf(since);
        since.clear();
        waiting.stream()
                .filter(lease -> lease.request().withoutResources())
                .forEach(lease -> since.put(lease.id(), known.getOrDefault(lease.id(), nowNanos)));
        Optional<Lease> longest = waiting.stream()
                .filter(lease -> since.containsKey(lease.id()) && isExhausted(lease, held, nowNanos))
                .min(Comparator.comparingLong(lease -> since.get(lease.id())));
        longest.filter(lease -> runsSomething(lease.owner(), held)).ifPresent(lease -> lastLong = nowNanos);
        return longest;
    }

    /** When to look again although nothing happens: nanoseconds, {@link Long#MAX_VALUE} for not at all. */
    long nextNanos() {
        return since.isEmpty() ? Long.MAX_VALUE : MOMENT_NANOS;
    }

    private boolean isExhausted(Lease lease, Collection<Lease> held, long now) {
        long waited = now - since.get(lease.id());
        return runsSomething(lease.owner(), held)
                ? waited >= LONG_NANOS && now - lastLong >= LONG_NANOS
                : waited >= MOMENT_NANOS;
    }

    private static boolean runsSomething(Client owner, Collection<Lease> held) {
        return held.stream()
                .anyMatch(lease -> lease.request().withoutResources() && lease.owner() == owner && !lease.isBlocked());
    }
}

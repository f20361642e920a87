// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.owner;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tasks that can use each other's leases: same resources. Their queue, leases and open requests. Guarded by the owner's lock.
 */
final class SchedulingClass {
    private final Map<String, Long> resources;
    private final Deque<Call> queue = new ArrayDeque<>();
    private final List<Lease> leases = new ArrayList<>();
    private final Set<Long> requests = new HashSet<>();

    SchedulingClass(Map<String, Long> resources) {
        this.resources = resources;
    }

    Map<String, Long> resources() {
        return resources;
    }

    Deque<Call> queue() {
        return queue;
    }

    List<Lease> leases() {
        return leases;
    }

    Set<Long> requests() {
        return requests;
    }

    /** Pushes as many as there is room for. */
    void push(long now) {
        Call call;
        while ((call = queue.peek()) != null) {
            Lease lease = pick(call);
            if (lease == null) {
                return;
            }
            queue.poll();
            lease.push(call, now);
        }
    }

    /** Puts calls a dead worker had not started before all others, and returns those it had. */
    List<Call> takeBack(List<Call> calls, long lastStarted) {
        for (Call call : calls.reversed()) {
            if (call.id() > lastStarted) {
                queue.addFirst(call);
            }
        }
        return calls.stream().filter(call -> call.id() <= lastStarted).toList();
    }

    /** Takes back what waits behind a long task, and tells whether every worker has one. */
    boolean relieve(long now) {
        boolean allBusy = !leases.isEmpty();
        for (Lease lease : leases) {
            boolean busy = lease.isBusyForLong(now);
            if (busy && lease.link().inFlight() > 1 && !lease.isRecalled()) {
                lease.recall();
            }
            allBusy &= busy;
        }
        return allBusy;
    }

    List<Call> takeAll() {
        List<Call> all = new ArrayList<>(queue);
        queue.clear();
        return all;
    }

    /** The worker for the next call: an idle one, else the one with least work among those with room. */
    private Lease pick(Call call) {
        Lease best = null;
        for (Lease lease : leases) {
            if (lease.isIdle()) {
                return lease;
            }
            if (lease.hasRoomFor(call) && (best == null || lease.queuedNanos() < best.queuedNanos())) {
                best = lease;
            }
        }
        return best;
    }

    long id() {
        return resources.hashCode();
    }
}

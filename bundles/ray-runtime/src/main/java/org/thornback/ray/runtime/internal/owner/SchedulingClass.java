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
    private int extraLeases;

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

    /** Leases wanted beyond one for each CPU, because all others are busy for long. */
    int extraLeases() {
        return extraLeases;
    }

    void wantMore(int more) {
        extraLeases += more;
    }

    void wantNoMore() {
        extraLeases = 0;
    }

    /** The worker for the next call: an idle one, else the one with least work among those with room. */
    Lease pick(Call call) {
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

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.util.List;
import java.util.Map;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.LeaseRequest;
import org.thornback.api.scheduling.LeaseScheduler;
import org.thornback.api.scheduling.Shortage;

/**
 * While there is no scheduler: requests wait, and whoever asks is told what was true last. Immutable.
 *
 * @param total     what the node had.
 * @param available what was not in use.
 * @param waiting   what waited.
 */
record AbsentScheduler(Map<String, Long> total, Map<String, Long> available, List<LeaseRequest> waiting)
        implements LeaseScheduler {

    AbsentScheduler {
        total = Map.copyOf(total);
        available = Map.copyOf(available);
        waiting = List.copyOf(waiting);
    }

    /** After one that has gone. */
    static AbsentScheduler after(LeaseScheduler gone) {
        return new AbsentScheduler(gone.total(), gone.available(), gone.waiting());
    }

    @Override
    public void total(BinaryId node, Map<String, Long> newTotal) {
        // the next one is told
    }

    @Override
    public void request(LeaseRequest request) {
        // the lease table knows it, and tells the next one
    }

    @Override
    public void cancel(long requestId) {
        // neither does the lease table tell of it any more
    }

    @Override
    public void adopt(LeaseRequest request) {
        throw new IllegalStateException("nobody grants while there is no scheduler");
    }

    @Override
    public void release(long requestId) {
        // the next one never hears of the lease
    }

    @Override
    public void blocked(long requestId, boolean blocked) {
        // the lease knows it
    }

    @Override
    public void insist(long requestId) {
        // it is insisted on again
    }

    @Override
    public List<LeaseRequest> grant() {
        return List.of();
    }

    @Override
    public List<LeaseRequest> newlyInfeasible() {
        return List.of();
    }

    @Override
    public Map<Long, Shortage> shortages() {
        return Map.of(); // it is not for want of resources that they wait
    }

    @Override
    public void whenChanged(Runnable action) {
        // the next one is told
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.owner;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;

/**
 * What this owner has asked the raylet for and not got yet. Guarded by the owner's lock.
 *
 * <p>Whether there is room for one more worker is the raylet's to say. Tasks without resources ask for one for each CPU at
 * first, and for more only when all they have are busy, so that short ones cost no request that is not needed.
 */
final class LeaseRequests {
    private static final int MOST = 16;

    private final LeaseDesk desk;
    private final int cpus;
    private final Map<Long, SchedulingClass> open = new HashMap<>();

    LeaseRequests(LeaseDesk desk, int cpus) {
        this.desk = requireNonNull(desk, "desk");
        this.cpus = Math.max(1, cpus);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Asks for what the queue needs, or takes back what it no longer does. */
    void follow(SchedulingClass tasks) {
        if (tasks.queue().isEmpty()) {
            cancel(tasks);
        } else {
            int wanted = tasks.resources().isEmpty() ? cpus - tasks.leases().size() : MOST;
            ask(tasks, wanted);
        }
    }

    /** All workers are busy and tasks wait: as many again, if some of those that have one only wait. */
    void askForMore(SchedulingClass tasks) {
        if (tasks.requests().isEmpty()) {
            ask(tasks, tasks.leases().size());
        }
    }

    /**
     * A task ended: takes back what was asked for beyond one for each CPU, so that how long it is asked for tells the raylet how
     * long nothing has ended.
     */
    void progressed(SchedulingClass tasks) {
        if (tasks.resources().isEmpty() && tasks.leases().size() >= cpus) {
            cancel(tasks);
        }
    }

    /** The raylet answered: who asked, or null if nobody does any more. */
    SchedulingClass answered(long requestId) {
        SchedulingClass tasks = open.remove(requestId);
        if (tasks != null) {
            tasks.requests().remove(requestId);
        }
        return tasks;
    }

    private void ask(SchedulingClass tasks, int wanted) {
        int backlog = tasks.queue().size();
        while (tasks.requests().size() < Math.min(wanted, Math.min(backlog, MOST))) {
            long id = desk.nextRequestId();
            tasks.requests().add(id);
            open.put(id, tasks);
            String function = tasks.queue().peek().function().descriptor().displayName();
            desk.raylet().requestLease(id, tasks.id(), backlog, tasks.resources(), function);
        }
    }

    private void cancel(SchedulingClass tasks) {
        if (tasks.requests().isEmpty()) {
            return; // as nearly always: an iterator for every call would be garbage
        }
        for (long id : tasks.requests()) {
            open.remove(id);
            desk.raylet().cancelLeaseRequest(id);
        }
        tasks.requests().clear();
    }
}

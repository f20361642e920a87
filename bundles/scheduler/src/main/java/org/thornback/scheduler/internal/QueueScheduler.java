// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.scheduler.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.LeaseRequest;
import org.thornback.api.scheduling.LeaseScheduler;
import org.thornback.api.scheduling.Shortage;

/**
 * Grants in the order of asking within a job, and in turn between jobs; a request that does not fit now lets smaller ones of
 * the same job pass, for they would wait for nothing. Where this node has room, the scheduling policy has the last word.
 *
 * <p>No threads and no locks: owned by whoever calls it, the raylet's conductor.
 */
@Component
public final class QueueScheduler implements LeaseScheduler {
    private static final String CPU = "CPU";
    private static final long UNIT = 10_000;

    private final Accounting accounting = new Accounting();
    private final Placement placement;
    private final PolicyChoice choice;
    private final SoftLimit softLimit = new SoftLimit();
    private final Map<Integer, ArrayDeque<LeaseRequest>> queues = new LinkedHashMap<>();
    private final Map<Long, Lease> leases = new HashMap<>();
    private final Set<Long> insisted = new HashSet<>();
    private final Set<Long> reportedInfeasible = new HashSet<>();
    private final List<LeaseRequest> infeasible = new ArrayList<>();

    private static final class Lease {
        private final LeaseRequest request;
        private boolean blocked;

        Lease(LeaseRequest request) {
            this.request = request;
        }
    }

    /**
     * Starts with nothing: the raylet says what there is.
     *
     * @param choice the policy of the moment.
     */
    @Activate
    public QueueScheduler(@Reference PolicyChoice choice) {
        this.choice = choice;
        placement = new Placement(choice, accounting);
    }

    @Override
    public void whenChanged(Runnable wakeup) {
        choice.whenChanged(wakeup);
    }

    @Override
    public void total(BinaryId node, Map<String, Long> total) {
        accounting.total(total);
        placement.local(node);
        softLimit.cpus((int) (total.getOrDefault(CPU, 0L) / UNIT));
    }

    @Override
    public void request(LeaseRequest request) {
        queues.computeIfAbsent(request.jobId(), job -> new ArrayDeque<>()).add(request);
    }

    @Override
    public void cancel(long requestId) {
        for (Iterator<ArrayDeque<LeaseRequest>> all = queues.values().iterator(); all.hasNext(); ) {
            ArrayDeque<LeaseRequest> queue = all.next();
            if (queue.removeIf(request -> request.id() == requestId)) {
                reportedInfeasible.remove(requestId);
                if (queue.isEmpty()) {
                    all.remove();
                }
                return;
            }
        }
    }

    @Override
    public void adopt(LeaseRequest request) {
        hold(new Lease(request));
    }

    @Override
    public void release(long requestId) {
        Lease lease = leases.remove(requestId);
        if (lease == null) {
            return;
        }
        placement.changed();
        if (lease.blocked) {
            accounting.giveBack(withoutCpus(lease.request.resources()));
        } else {
            accounting.giveBack(lease.request.resources());
            endSoft(lease);
        }
    }

    @Override
    public void blocked(long requestId, boolean blocked) {
        Lease lease = leases.get(requestId);
        if (lease == null || lease.blocked == blocked) {
            return;
        }
        lease.blocked = blocked;
        placement.changed();
        Map<String, Long> cpus = onlyCpus(lease.request.resources());
        if (blocked) {
            accounting.giveBack(cpus);
            endSoft(lease);
        } else {
            accounting.take(cpus);
            beginSoft(lease);
        }
    }

    @Override
    public void insist(long requestId) {
        insisted.add(requestId);
    }

    @Override
    public List<LeaseRequest> grant() {
        List<LeaseRequest> granted = insisted.isEmpty() ? new ArrayList<>() : takeInsisted();
        boolean progress = true;
        while (progress) {
            progress = false;
            for (int job : List.copyOf(queues.keySet())) {
                LeaseRequest next = takeFirstFitting(queues.get(job));
                if (next != null) {
                    hold(new Lease(next));
                    granted.add(next);
                    hadItsTurn(job);
                    progress = true;
                }
            }
        }
        return granted;
    }

    @Override
    public List<LeaseRequest> newlyInfeasible() {
        List<LeaseRequest> reported = List.copyOf(infeasible);
        infeasible.clear();
        return reported;
    }

    @Override
    public Map<String, Long> total() {
        return accounting.total();
    }

    @Override
    public Map<String, Long> available() {
        return Map.copyOf(accounting.available());
    }

    @Override
    public List<LeaseRequest> waiting() {
        List<LeaseRequest> waiting = new ArrayList<>();
        queues.values().forEach(waiting::addAll);
        return waiting;
    }

    @Override
    public Map<Long, Shortage> shortages() {
        Map<Long, Shortage> shortages = new HashMap<>();
        Map<Map<String, Long>, Shortage> known = new HashMap<>();
        for (LeaseRequest request : waiting()) {
            if (!fits(request)) {
                shortages.put(
                        request.id(),
                        request.withoutResources()
                                ? new Shortage(Shortage.Kind.TURN, Map.of())
                                : known.computeIfAbsent(request.resources(), accounting::shortage));
            }
        }
        return shortages;
    }

    private List<LeaseRequest> takeInsisted() {
        List<LeaseRequest> taken = waiting();
        taken.removeIf(request -> !request.withoutResources() || !insisted.contains(request.id()));
        insisted.clear();
        taken.forEach(request -> {
            cancel(request.id());
            hold(new Lease(request));
        });
        return taken;
    }

    private LeaseRequest takeFirstFitting(ArrayDeque<LeaseRequest> queue) {
        boolean softTried = false;
        Set<Map<String, Long>> tried = new HashSet<>();
        for (Iterator<LeaseRequest> all = queue.iterator(); all.hasNext(); ) {
            LeaseRequest request = all.next();
            if (request.withoutResources() ? softTried : !tried.add(request.resources())) {
                continue; // an older one with the same needs did not fit either
            }
            softTried |= request.withoutResources();
            if (fits(request) && placement.here(request.resources())) {
                all.remove();
                reportedInfeasible.remove(request.id());
                return request;
            }
            noteInfeasible(request);
        }
        return null;
    }

    /** The next to be asked is another job, now or when something comes back. */
    private void hadItsTurn(int job) {
        ArrayDeque<LeaseRequest> queue = queues.remove(job);
        if (!queue.isEmpty()) {
            queues.put(job, queue);
        }
    }

    private boolean fits(LeaseRequest request) {
        return request.withoutResources() ? softLimit.hasRoom() : accounting.fits(request.resources());
    }

    private void noteInfeasible(LeaseRequest request) {
        if (!accounting.feasible(request.resources()) && reportedInfeasible.add(request.id())) {
            infeasible.add(request);
        }
    }

    private void hold(Lease lease) {
        leases.put(lease.request.id(), lease);
        accounting.take(lease.request.resources());
        placement.changed();
        beginSoft(lease);
    }

    private void beginSoft(Lease lease) {
        if (lease.request.withoutResources()) {
            softLimit.started();
        }
    }

    private void endSoft(Lease lease) {
        if (lease.request.withoutResources()) {
            softLimit.ended();
        }
    }

    /** What a lease gives back while it waits: others may compute, but what it holds of anything else it goes on using. */
    private static Map<String, Long> onlyCpus(Map<String, Long> resources) {
        Long cpus = resources.get(CPU);
        return cpus == null ? Map.of() : Map.of(CPU, cpus);
    }

    private static Map<String, Long> withoutCpus(Map<String, Long> resources) {
        Map<String, Long> others = new HashMap<>(resources);
        others.remove(CPU);
        return others;
    }
}

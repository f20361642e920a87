// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.LeaseRequest;
import org.thornback.api.scheduling.LeaseRequest.Kind;
import org.thornback.api.scheduling.LeaseScheduler;
import org.thornback.api.worker.WorkerDemand;
import org.thornback.api.worker.WorkerPool;

/**
 * Requests and leases of this node: the keeper's copy of what the scheduler decides on, and the worker each lease got.
 *
 * <p>Owned by the conductor.
 */
final class LeaseTable {
    private final LeaseScheduler scheduler;
    private final WorkerPool pool;
    private final JobTable jobs;
    private final Map<Long, Lease> waiting = new HashMap<>();
    private final Map<Long, Lease> granted = new HashMap<>();
    private final WorkerTable workers;
    private final Sleepers sleepers;
    private final Patience patience = new Patience();
    private Consumer<Lease> onReady = lease -> {};
    private long nextId = 1;

    LeaseTable(LeaseScheduler scheduler, WorkerPool pool, JobTable jobs, WorkerTable workers, Sleepers sleepers) {
        this.scheduler = requireNonNull(scheduler, "scheduler");
        this.pool = requireNonNull(pool, "pool");
        this.jobs = requireNonNull(jobs, "jobs");
        this.workers = requireNonNull(workers, "workers");
        this.sleepers = requireNonNull(sleepers, "sleepers");
    }

    /** Called when a lease has a worker. */
    void whenReady(Consumer<Lease> action) {
        onReady = requireNonNull(action, "action");
    }

    /** An owner wants a worker for tasks. */
    Lease requestForTasks(Client owner, long clientRequestId, Map<String, Long> resources, String function) {
        LeaseRequest request = new LeaseRequest(nextId++, owner.jobId(), Kind.TASK, resources, function);
        return take(new Lease(request, owner, clientRequestId, List.of()));
    }

    /** An actor wants a worker for its life. */
    Lease requestForActor(ActorOrder order) {
        LeaseRequest request =
                new LeaseRequest(nextId++, order.jobId(), Kind.ACTOR, order.resources(), order.className());
        return take(new Lease(request, null, 0, order.jvmOptions()));
    }

    private Lease take(Lease lease) {
        LeaseRequest request = lease.request();
        waiting.put(request.id(), lease);
        scheduler.request(request);
        return lease;
    }

    Lease find(long leaseId) {
        Lease lease = granted.get(leaseId);
        return lease != null ? lease : waiting.get(leaseId);
    }

    /** Requests that the scheduler has not granted. */
    Collection<Lease> waiting() {
        return waiting.values();
    }

    /** Leases, with or without their workers. */
    Collection<Lease> granted() {
        return granted.values();
    }

    /** Tells a scheduler that has just come what others granted, and who waits. */
    void tell(LeaseScheduler next) {
        for (Lease lease : granted.values()) {
            next.adopt(lease.request());
            if (lease.isBlocked()) {
                next.blocked(lease.id(), true);
            }
        }
        waiting.values().stream()
                .map(Lease::request)
                .sorted(Comparator.comparingLong(LeaseRequest::id)) // the order of asking
                .forEach(next::request);
    }

    /** Grants what the scheduler grants now, and looks for workers. */
    void grant() {
        watch(System.nanoTime());
        for (LeaseRequest request : scheduler.grant()) {
            Lease lease = waiting.remove(request.id());
            if (lease == null) {
                scheduler.release(request.id());
                continue;
            }
            granted.put(request.id(), lease);
            findWorker(lease);
        }
    }

    /** When to grant again although nothing happens. */
    long nextGrantNanos(long nowNanos) {
        return Math.min(sleepers.nextNanos(nowNanos), patience.nextNanos());
    }

    /** The pool lends a worker for a lease. */
    void available(long leaseId, BinaryId workerId) {
        WorkerSeat seat = workers.find(workerId);
        Lease lease = granted.get(leaseId);
        if (lease == null || lease.worker() != null) {
            pool.giveBack(workerId);
        } else if (seat == null) {
            findWorker(lease); // that one ended, and its end was told first
        } else {
            seatOn(lease, seat);
        }
    }

    /** Ends a lease or takes a request back. */
    void end(long leaseId) {
        if (waiting.remove(leaseId) != null) {
            scheduler.cancel(leaseId);
            return;
        }
        WorkerSeat seat = release(leaseId);
        if (seat != null) {
            workers.giveBack(seat);
        }
    }

    /** Ends a lease whose owner lost its worker: the worker ends too, for whoever got it next would lose it likewise. */
    void endWithWorker(long leaseId) {
        WorkerSeat seat = release(leaseId);
        if (seat != null) {
            seat.lost();
            pool.kill(seat.client().id());
        }
    }

    /** Ends a lease whose owner died with its work under way: what still runs there runs for nobody. */
    void abandon(long leaseId) {
        WorkerSeat seat = release(leaseId);
        if (seat != null) {
            workers.endFree(seat);
        }
    }

    /** Takes a granted lease off its worker, which may still be on its way: null then. */
    private WorkerSeat release(long leaseId) {
        Lease lease = granted.remove(leaseId);
        if (lease == null) {
            return null;
        }
        scheduler.release(leaseId);
        WorkerSeat seat = lease.worker();
        if (seat == null) {
            pool.cancel(leaseId);
            return null;
        }
        seat.leases().remove(lease);
        applyBlocked(seat);
        return seat;
    }

    /** A worker told how many of its tasks wait. */
    void blocked(WorkerSeat seat, int tasks) {
        seat.blockedTasks(tasks);
        applyBlocked(seat);
    }

    /** A worker ended: its leases are over. */
    List<Lease> workerEnded(WorkerSeat seat) {
        List<Lease> lost = new ArrayList<>(seat.leases());
        seat.leases().clear();
        for (Lease lease : lost) {
            granted.remove(lease.id());
            scheduler.release(lease.id());
        }
        return lost;
    }

    /** Time alone may free a turn for tasks without resources. */
    private void watch(long now) {
        boolean othersWait = !waiting.isEmpty()
                && waiting.values().stream().anyMatch(lease -> lease.request().withoutResources());
        if (sleepers.look(granted.values(), othersWait, now)) {
            granted.values().stream()
                    .map(Lease::worker)
                    .filter(Objects::nonNull)
                    .distinct()
                    .forEach(this::applyBlocked);
        }
        patience.exhausted(waiting.values(), granted.values(), now).ifPresent(lease -> scheduler.insist(lease.id()));
    }

    private void findWorker(Lease lease) {
        int jobId = lease.request().jobId();
        boolean actor = lease.request().kind() == Kind.ACTOR;
        Optional<WorkerSeat> waiting = actor ? Optional.empty() : workers.waiting(jobId);
        if (waiting.isPresent()) {
            seatOn(lease, waiting.get());
            return;
        }
        Job job = jobs.find(jobId);
        List<String> options = new ArrayList<>(job == null ? List.of() : job.jvmOptions());
        options.addAll(lease.jvmOptions());
        pool.demand(lease.id(), new WorkerDemand(jobId, actor, options, job == null ? Map.of() : job.environment()));
    }

    private void seatOn(Lease lease, WorkerSeat seat) {
        lease.worker(seat);
        seat.leases().add(lease);
        Client client = seat.client();
        Job job = jobs.find(lease.request().jobId());
        if (client.jobId() == 0 && job != null) {
            client.jobId(job.id());
            client.messages().assign(job);
        }
        onReady.accept(lease);
    }

    /** As many of a worker's leases as it has waiting tasks give their resources back, and all of one that sleeps. */
    private void applyBlocked(WorkerSeat seat) {
        int blocked = 0;
        for (Lease lease : seat.leases()) {
            boolean blocks = seat.actor() == null && blocked < seat.blockedTasks();
            blocked += blocks ? 1 : 0;
            boolean waits = blocks || sleepers.sleeps(lease);
            if (lease.isBlocked() != waits) {
                lease.blocked(waits);
                scheduler.blocked(lease.id(), waits);
            }
        }
    }
}

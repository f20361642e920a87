// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.owner;

import static java.util.Objects.requireNonNull;

import io.ray.api.exception.RayException;
import io.ray.api.exception.RayWorkerException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.thornback.api.ThornbackException;
import org.thornback.layout.message.ResultStatus;
import org.thornback.ray.runtime.internal.raylet.LeaseGrant;
import org.thornback.ray.runtime.internal.raylet.LeaseListener;
import org.thornback.ray.runtime.internal.raylet.RayletMessages;

/**
 * Owner of the tasks this process submits: queues them, holds leases, pushes and recalls, and decides what becomes of tasks
 * whose worker died.
 *
 * <p>One lock guards all of it; it is never held while references are completed or user code runs. {@link #tick} is called by
 * whoever polls.
 */
public final class TaskOwner implements LeaseListener, WorkerLink.Side {
    private static final long TICK_NANOS = 5_000_000;
    private static final long RECALL_AFTER_NANOS = 5_000_000;
    private static final long GROW_AFTER_NANOS = 50_000_000;
    private static final long IDLE_NANOS = 50_000_000;
    private static final int MAX_REQUESTS = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Map<String, Long>, SchedulingClass> classes = new HashMap<>();
    private final Map<Long, SchedulingClass> requested = new HashMap<>();
    private final Map<WorkerLink, Lease> leases = new HashMap<>();
    private final LeaseDesk desk;
    private final Completion completion;
    private final int cpus;
    private final LongSupplier nanoTime;
    private long nextTick;
    private boolean closed;

    /** Where leases come from and go to, and how workers are reached. */
    public interface LeaseDesk {

        /**
         * Sends to the raylet.
         *
         * @return messages without an answer.
         */
        RayletMessages raylet();

        /**
         * Numbers a request.
         *
         * @return unique in this process.
         */
        long nextRequestId();

        /**
         * Connects to a leased worker.
         *
         * @param grant the lease.
         * @param side  hears of answers.
         * @return the connection.
         */
        WorkerLink connect(LeaseGrant grant, WorkerLink.Side side);

        /**
         * Which calls of this process a dead worker had started.
         *
         * @param link to the worker.
         * @return the highest call id started, 0 for none.
         */
        long lastStarted(WorkerLink link);

        /** Work by time begins: ticks are needed. */
        void expectTick();
    }

    /**
     * Creates an owner without tasks.
     *
     * @param desk       where leases come from.
     * @param completion completes references.
     * @param cpus       of this node: tasks without resources use at most so many workers before it is known that they are
     *                   long.
     */
    public TaskOwner(LeaseDesk desk, Completion completion, int cpus) {
        this(desk, completion, cpus, System::nanoTime);
    }

    TaskOwner(LeaseDesk desk, Completion completion, int cpus, LongSupplier nanoTime) {
        this.nanoTime = requireNonNull(nanoTime, "nanoTime");
        this.desk = requireNonNull(desk, "desk");
        this.completion = requireNonNull(completion, "completion");
        this.cpus = Math.max(1, cpus);
    }

    /**
     * Takes a task whose message is ready.
     *
     * @param call      to run.
     * @param resources it needs, in 1/10000.
     */
    public void submit(Call call, Map<String, Long> resources) {
        boolean taken;
        lock.lock();
        try {
            taken = !closed;
            if (taken) {
                SchedulingClass tasks = classes.computeIfAbsent(resources, SchedulingClass::new);
                tasks.queue().add(call);
                dispatch(tasks);
            }
        } finally {
            lock.unlock();
        }
        if (taken) {
            desk.expectTick();
        } else {
            completion.fail(call, gone(call));
        }
    }

    @Override
    public void granted(LeaseGrant grant) {
        lock.lock();
        try {
            SchedulingClass tasks = requested.remove(grant.requestId());
            if (tasks == null || tasks.queue().isEmpty()) {
                if (tasks != null) {
                    tasks.requests().remove(grant.requestId());
                }
                desk.raylet().returnLease(grant.leaseId(), false); // came after it was no longer needed
                return;
            }
            tasks.requests().remove(grant.requestId());
            Lease lease = new Lease(grant, tasks, nanoTime.getAsLong());
            connect(lease);
            dispatch(tasks);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void refused(long requestId, String reason) {
        List<Call> failed = List.of();
        lock.lock();
        try {
            SchedulingClass tasks = requested.remove(requestId);
            if (tasks != null) {
                tasks.requests().remove(requestId);
                failed = new ArrayList<>(tasks.queue());
                tasks.queue().clear();
            }
        } finally {
            lock.unlock();
        }
        failed.forEach(call -> completion.fail(call, new RayException(reason)));
    }

    @Override
    public void answered(WorkerLink link, long callId, CallResult answer) {
        Call call;
        lock.lock();
        try {
            call = link.take(callId);
            Lease lease = leases.get(link);
            if (call == null || lease == null) {
                return;
            }
            SchedulingClass tasks = lease.schedulingClass();
            if (answer.status() == ResultStatus.RECALLED) {
                lease.cameBack(call);
                tasks.queue().addFirst(call);
            } else {
                lease.progressed(call, nanoTime.getAsLong());
                call.function().measured(answer.serviceNanos());
                tasks.wantNoMore();
            }
            dispatch(tasks);
        } finally {
            lock.unlock();
        }
        if (answer.status() != ResultStatus.RECALLED) {
            completion.complete(call, answer);
        }
    }

    @Override
    public void ended(WorkerLink link) {
        List<Call> lost = new ArrayList<>();
        lock.lock();
        try {
            Lease lease = leases.remove(link);
            if (lease == null) {
                return;
            }
            SchedulingClass tasks = lease.schedulingClass();
            tasks.leases().remove(lease);
            desk.raylet().returnLease(lease.grant().leaseId(), true);
            long lastStarted = desk.lastStarted(link);
            List<Call> calls = link.takeAll();
            for (int i = calls.size() - 1; i >= 0; i--) {
                Call call = calls.get(i);
                if (call.id() > lastStarted) {
                    tasks.queue().addFirst(call);
                } else {
                    lost.addFirst(call);
                }
            }
            dispatch(tasks);
        } finally {
            lock.unlock();
        }
        lost.forEach(call -> completion.fail(call, new RayWorkerException()));
    }

    /**
     * Does what is due by time: recalls from workers that are busy for long, asks for more workers, returns idle ones.
     *
     * @return nanoseconds until it wants to be called again, {@link Long#MAX_VALUE} for not before the next submission.
     */
    public long tick() {
        long now = nanoTime.getAsLong();
        if (!lock.tryLock()) {
            return TICK_NANOS;
        }
        try {
            if (now - nextTick < 0) {
                return leases.isEmpty() && requested.isEmpty() ? Long.MAX_VALUE : nextTick - now;
            }
            nextTick = now + TICK_NANOS;
            boolean otherWaits =
                    classes.values().stream().anyMatch(tasks -> !tasks.queue().isEmpty());
            for (SchedulingClass tasks : classes.values()) {
                relieve(tasks, now);
                returnIdle(tasks, now, otherWaits);
            }
            return leases.isEmpty() && requested.isEmpty() ? Long.MAX_VALUE : TICK_NANOS;
        } finally {
            lock.unlock();
        }
    }

    /** Fails everything: the raylet is gone. */
    public void close() {
        List<Call> all = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            for (SchedulingClass tasks : classes.values()) {
                all.addAll(tasks.queue());
                tasks.queue().clear();
                tasks.leases().clear();
            }
            leases.keySet().forEach(link -> all.addAll(link.takeAll()));
            leases.keySet().forEach(WorkerLink::close);
            leases.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(call -> completion.fail(call, gone(call)));
    }

    private static RayException gone(Call call) {
        return new RayException("The node of this driver is gone, and with it the task "
                + call.function().descriptor().displayName());
    }

    private void dispatch(SchedulingClass tasks) {
        long now = 0;
        Call call;
        while ((call = tasks.queue().peek()) != null) {
            Lease lease = tasks.pick(call);
            if (lease == null) {
                break;
            }
            if (now == 0) {
                now = nanoTime.getAsLong();
            }
            tasks.queue().poll();
            lease.push(call, now);
        }
        if (tasks.queue().isEmpty()) {
            cancelRequests(tasks);
        } else {
            requestLeases(tasks);
        }
    }

    private void requestLeases(SchedulingClass tasks) {
        int backlog = tasks.queue().size();
        int wanted = Math.min(backlog, MAX_REQUESTS);
        if (tasks.resources().isEmpty()) {
            wanted =
                    Math.min(wanted, cpus + tasks.extraLeases() - tasks.leases().size());
        }
        while (tasks.requests().size() < wanted) {
            long id = desk.nextRequestId();
            tasks.requests().add(id);
            requested.put(id, tasks);
            desk.raylet()
                    .requestLease(
                            id,
                            tasks.id(),
                            backlog,
                            tasks.resources(),
                            tasks.queue().peek().function().descriptor().displayName());
        }
    }

    private void cancelRequests(SchedulingClass tasks) {
        if (tasks.requests().isEmpty()) {
            return;
        }
        for (long id : tasks.requests()) {
            requested.remove(id);
            desk.raylet().cancelLeaseRequest(id);
        }
        tasks.requests().clear();
    }

    private void connect(Lease lease) {
        try {
            WorkerLink link = desk.connect(lease.grant(), this);
            lease.attach(link);
            leases.put(link, lease);
            lease.schedulingClass().leases().add(lease);
        } catch (ThornbackException e) {
            desk.raylet().returnLease(lease.grant().leaseId(), true); // it died before we came
        }
    }

    private void relieve(SchedulingClass tasks, long now) {
        boolean allBusy = !tasks.leases().isEmpty();
        for (Lease lease : tasks.leases()) {
            long silent = lease.silentNanos(now);
            if (lease.link().inFlight() > 1 && silent > RECALL_AFTER_NANOS && !lease.isRecalled()) {
                lease.recall();
            }
            allBusy &= silent > GROW_AFTER_NANOS;
        }
        if (allBusy && !tasks.queue().isEmpty() && tasks.requests().isEmpty()) {
            tasks.wantMore(tasks.leases().size());
        }
        dispatch(tasks);
    }

    private void returnIdle(SchedulingClass tasks, long now, boolean otherWaits) {
        if (!tasks.queue().isEmpty()) {
            return;
        }
        for (Lease lease : List.copyOf(tasks.leases())) {
            if (lease.isIdle() && (otherWaits || lease.silentNanos(now) > IDLE_NANOS)) {
                tasks.leases().remove(lease);
                leases.remove(lease.link());
                lease.link().close();
                desk.raylet().returnLease(lease.grant().leaseId(), false);
            }
        }
    }
}

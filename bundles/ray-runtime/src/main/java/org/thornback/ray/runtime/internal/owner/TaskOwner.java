// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.owner;

import static java.util.Objects.requireNonNull;

import io.ray.api.exception.RayException;
import io.ray.api.exception.RayWorkerException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.thornback.api.ThornbackException;
import org.thornback.layout.message.ResultStatus;
import org.thornback.ray.runtime.internal.raylet.LeaseGrant;
import org.thornback.ray.runtime.internal.raylet.LeaseListener;

/**
 * Owner of the tasks this process submits: queues them, holds leases, pushes and recalls, and decides what becomes of tasks
 * whose worker died.
 *
 * <p>One lock guards all of it; it is never held while references are completed or user code runs. {@link #tick} is called by
 * whoever polls.
 */
public final class TaskOwner implements LeaseListener, WorkerLink.Side {
    private static final long TICK_NANOS = 5_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Map<String, Long>, SchedulingClass> classes = new HashMap<>();
    private final Map<WorkerLink, Lease> leases = new HashMap<>();
    private final Set<Call> expected = new HashSet<>();
    private final LeaseRequests requests;
    private final LeaseDesk desk;
    private final Completion completion;
    private final LongSupplier nanoTime;
    private long nextTick;
    private boolean closed;

    /**
     * Creates an owner without tasks.
     *
     * @param desk       where leases come from.
     * @param completion completes references.
     * @param cpus       of this node: so many workers are asked for at once for tasks without resources.
     */
    public TaskOwner(LeaseDesk desk, Completion completion, int cpus) {
        this(desk, completion, cpus, System::nanoTime);
    }

    TaskOwner(LeaseDesk desk, Completion completion, int cpus, LongSupplier nanoTime) {
        this.nanoTime = requireNonNull(nanoTime, "nanoTime");
        this.desk = requireNonNull(desk, "desk");
        this.completion = requireNonNull(completion, "completion");
        this.requests = new LeaseRequests(desk, cpus);
    }

    /**
     * Takes a task whose message is ready.
     *
     * @param call      to run.
     * @param resources it needs, in 1/10000.
     */
    public void submit(Call call, Map<String, Long> resources) {
        submit(call, resources, false);
    }

    private void submit(Call call, Map<String, Long> resources, boolean wasExpected) {
        boolean taken;
        lock.lock();
        try {
            if (wasExpected) {
                expected.remove(call);
            }
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

    /**
     * A task whose arguments are not known yet will be submitted when they are.
     *
     * @param call to be told of until then.
     */
    public void expect(Call call) {
        lock.lock();
        try {
            expected.add(call);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a task that was expected and has its message now.
     *
     * @param call      to run.
     * @param resources it needs, in 1/10000.
     */
    public void submitExpected(Call call, Map<String, Long> resources) {
        submit(call, resources, true);
    }

    /**
     * Tells of the tasks that are not over.
     *
     * @param tally to add them to.
     */
    public void tell(CallTally tally) {
        lock.lock();
        try {
            leases.keySet().forEach(link -> tally.add(link, desk.lastStarted(link)));
            classes.values().forEach(tasks -> tasks.queue().forEach(tally::add));
            expected.forEach(tally::add);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void granted(LeaseGrant grant) {
        lock.lock();
        try {
            SchedulingClass tasks = requests.answered(grant.requestId());
            if (tasks == null || tasks.queue().isEmpty()) {
                desk.raylet().returnLease(grant.leaseId(), false); // came after it was no longer needed
                return;
            }
            connect(new Lease(grant, tasks, nanoTime.getAsLong()));
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
            SchedulingClass tasks = requests.answered(requestId);
            if (tasks != null) {
                failed = tasks.takeAll();
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
                requests.progressed(tasks);
            }
            dispatch(tasks);
        } finally {
            lock.unlock();
        }
        if (answer.status() != ResultStatus.RECALLED) {
            completion.complete(call, link.workerId(), answer);
        }
    }

    @Override
    public void ended(WorkerLink link) {
        List<Call> lost;
        lock.lock();
        try {
            Lease lease = leases.remove(link);
            if (lease == null) {
                return;
            }
            SchedulingClass tasks = lease.schedulingClass();
            tasks.leases().remove(lease);
            desk.raylet().returnLease(lease.grant().leaseId(), true);
            lost = tasks.takeBack(link.takeAll(), desk.lastStarted(link).id());
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
                return nothingToWatch() ? Long.MAX_VALUE : nextTick - now;
            }
            nextTick = now + TICK_NANOS;
            boolean otherWaits =
                    classes.values().stream().anyMatch(tasks -> !tasks.queue().isEmpty());
            for (SchedulingClass tasks : classes.values()) {
                if (tasks.relieve(now) && !tasks.queue().isEmpty()) {
                    requests.askForMore(tasks);
                }
                dispatch(tasks);
                if (tasks.queue().isEmpty()) {
                    giveBack(tasks, now, otherWaits);
                }
            }
            return nothingToWatch() ? Long.MAX_VALUE : TICK_NANOS;
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
                all.addAll(tasks.takeAll());
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

    private boolean nothingToWatch() {
        return leases.isEmpty() && requests.isEmpty();
    }

    private void dispatch(SchedulingClass tasks) {
        if (!tasks.queue().isEmpty()) {
            tasks.push(nanoTime.getAsLong());
        }
        requests.follow(tasks);
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

    /** Returns workers without work: at once if other tasks wait, else when they were idle for a while. */
    private void giveBack(SchedulingClass tasks, long now, boolean otherWaits) {
        for (Lease lease : List.copyOf(tasks.leases())) {
            if (otherWaits ? lease.isIdle() : lease.isSpare(now)) {
                tasks.leases().remove(lease);
                leases.remove(lease.link());
                lease.link().close();
                desk.raylet().returnLease(lease.grant().leaseId(), false);
            }
        }
    }
}

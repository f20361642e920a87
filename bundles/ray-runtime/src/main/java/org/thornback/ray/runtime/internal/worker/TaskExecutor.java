// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.thornback.ray.runtime.internal.object.BlockingWait;
import org.thornback.transport.SharedPoller;

/**
 * Runs calls on task threads. A task thread that waits for work polls the connections itself, so a call is run by the thread
 * that read it.
 *
 * <p>When a task blocks in get, the raylet is told that its CPU is free, and another task thread goes on with further calls:
 * nested tasks need threads, not processes.
 */
final class TaskExecutor implements CallerConnection.CallSink, BlockingWait {
    private static final long GRACE_NANOS = 1_000_000;

    private final SharedPoller poller;
    private final CallQueue queue = new CallQueue();
    private final AtomicInteger blockedTasks = new AtomicInteger();
    private final AtomicInteger idleThreads = new AtomicInteger();
    private final AtomicInteger threadNumbers = new AtomicInteger();
    private volatile CallRunner runner;
    private volatile BlockedListener blockedListener = count -> {};
    private volatile boolean stopped;

    /** Hears how many tasks are blocked. */
    interface BlockedListener {
        void blocked(int count);
    }

    TaskExecutor(SharedPoller poller) {
        this.poller = requireNonNull(poller, "poller");
    }

    void begin(CallRunner callRunner, BlockedListener listener) {
        runner = requireNonNull(callRunner, "callRunner");
        blockedListener = requireNonNull(listener, "listener");
    }

    void stop() {
        stopped = true;
        poller.wakeup();
    }

    /** Whether an answer should wait for the next one to travel with it. */
    boolean hasMore() {
        return queue.hasMore();
    }

    /** Runs something on a task thread before any further call. */
    void order(Runnable order) {
        queue.order(order);
        poller.wakeup();
    }

    /** The life of a task thread. */
    void runTaskThread() {
        while (!stopped) {
            idleThreads.incrementAndGet();
            boolean found = awaitWork();
            idleThreads.decrementAndGet();
            if (found) {
                runOne();
            }
        }
    }

    @Override
    public void arrived(IncomingCall call) {
        if (runner.runsElsewhere(call)) {
            return;
        }
        queue.add(call);
    }

    @Override
    public List<IncomingCall> takeBack(CallerConnection caller, long upTo) {
        return queue.takeBack(caller, upTo);
    }

    @Override
    public void callerEnded(CallerConnection caller) {
        if (!runner.isActor()) {
            queue.takeBack(caller, Long.MAX_VALUE);
        }
    }

    @Override
    public boolean await(BooleanSupplier done, long timeoutNanos) {
        try {
            if (poller.await(done, Math.min(timeoutNanos, GRACE_NANOS))) {
                return true;
            }
            if (timeoutNanos <= GRACE_NANOS) {
                return false;
            }
            long left = timeoutNanos == Long.MAX_VALUE ? Long.MAX_VALUE : timeoutNanos - GRACE_NANOS;
            boolean givesCpuBack =
                    TaskContext.current().map(task -> !task.actorTask()).orElse(false);
            return givesCpuBack ? awaitBlocked(done, left) : poller.await(done, left);
        } catch (InterruptedException e) {
            throw Interrupted.asRuntimeException(e);
        }
    }

    @Override
    public void signal() {
        poller.wakeup();
    }

    private boolean awaitBlocked(BooleanSupplier done, long timeoutNanos) throws InterruptedException {
        queue.blocked();
        blockedListener.blocked(blockedTasks.incrementAndGet());
        if (idleThreads.get() == 0) {
            Thread.ofPlatform()
                    .daemon()
                    .name("ray-task-" + threadNumbers.incrementAndGet())
                    .start(this::runTaskThread);
        }
        try {
            return poller.await(done, timeoutNanos);
        } finally {
            queue.unblocked();
            blockedListener.blocked(blockedTasks.decrementAndGet());
        }
    }

    private boolean awaitWork() {
        try {
            return poller.await(() -> queue.mayRun() || stopped, Long.MAX_VALUE) && !stopped;
        } catch (InterruptedException e) {
            return false; // left over from user code that interrupted this thread
        }
    }

    private void runOne() {
        Object work = queue.take();
        if (work == null) {
            return; // another task thread was quicker
        }
        try {
            switch (work) {
                case IncomingCall call -> runner.run(call);
                case Runnable order -> order.run();
                default -> throw new IllegalStateException("work=" + work);
            }
        } finally {
            queue.done();
            poller.signal();
        }
    }
}

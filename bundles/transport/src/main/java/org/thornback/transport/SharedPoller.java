// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.transport;

import static java.util.Objects.requireNonNull;

import java.nio.channels.ClosedSelectorException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.thornback.api.ThornbackException;
import org.thornback.api.ThornbackException.Category;

/**
 * Lets the thread that waits for an answer do the polling itself (leader and followers), so that an answer costs one wake-up.
 *
 * <ul>
 *   <li>There is one seat. Its holder polls; every other waiting thread is parked and is woken by {@link #signal} when what
 *       it waits for may have come, or when the seat is free.
 *   <li>A background thread takes the seat when nobody has polled for about a millisecond, and gives it up as soon as a
 *       waiting thread wants it. While the seat changes hands often it only looks in once a millisecond: nobody pays a
 *       wake-up to tell it anything.
 *   <li>Handlers run on whichever thread has the seat, never on two at once.
 * </ul>
 *
 * <p>After the pattern "Leader/Followers" (Schmidt, O'Ryan, Kircher, Pyarali, 2000).
 */
public final class SharedPoller implements AutoCloseable {
    private static final long TICK_NANOS = 1_000_000;
    private static final int QUIET_TICKS = 8;

    private final Poller poller = new Poller();
    private final AtomicReference<Thread> seat = new AtomicReference<>();
    private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final Thread background;
    private final LongSupplier tick;
    private volatile boolean backgroundAsleep;
    private volatile boolean pollingForEver;
    private volatile boolean seatWanted;
    private volatile boolean closed;
    private volatile long seatChanges;

    private record Waiter(Thread thread, BooleanSupplier done) {}

    /**
     * Starts the background thread.
     *
     * @param name of the background thread.
     * @param tick does what is due by time and says in how many nanoseconds it wants to be asked again,
     *             {@link Long#MAX_VALUE} for never. Called by the holder of the seat before each poll: must be short.
     */
    public SharedPoller(String name, LongSupplier tick) {
        this.tick = requireNonNull(tick, "tick");
        background = Thread.ofPlatform().daemon().name(name).unstarted(this::runInBackground);
        background.start();
    }

    /**
     * The poller, to open connections on.
     *
     * @return the poller; never poll it directly.
     */
    public Poller poller() {
        return poller;
    }

    /**
     * Waits, polling when nobody else does.
     *
     * @param done         what is waited for; asked often, must be cheap. Whoever makes it true on another thread than the
     *                     poller's calls {@link #signal}.
     * @param timeoutNanos longest wait; {@link Long#MAX_VALUE} for ever.
     * @return whether it is done; false at the timeout.
     * @throws InterruptedException if this thread was interrupted.
     */
    public boolean await(BooleanSupplier done, long timeoutNanos) throws InterruptedException {
        if (done.getAsBoolean()) {
            return true;
        }
        long deadline = timeoutNanos == Long.MAX_VALUE ? Long.MAX_VALUE : System.nanoTime() + timeoutNanos;
        while (!done.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long left = deadline == Long.MAX_VALUE ? Long.MAX_VALUE : deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            if (closed) {
                throw new ThornbackException(Category.LOST, "the runtime was shut down while a call waited");
            }
            if (seat.compareAndSet(null, Thread.currentThread())) {
                lead(done, deadline);
            } else {
                follow(done, left);
            }
        }
        return true;
    }

    /** Wakes the threads whose condition has become true. Cheap when nobody is parked. */
    public void signal() {
        for (Waiter waiter : waiters) {
            if (waiter.thread != Thread.currentThread() && waiter.done.getAsBoolean()) {
                LockSupport.unpark(waiter.thread);
            }
        }
    }

    /** Makes the holder of the seat look at its condition again, for instance after work was queued for it. */
    public void wakeup() {
        if (seat.get() != null) {
            poller.wakeup();
        } else {
            signal();
        }
    }

    /** Something will be due by time from now on: makes sure that the tick is asked. */
    public void expectTick() {
        if (pollingForEver) {
            poller.wakeup();
        }
    }

    /** Hands every committed frame to the kernel now. */
    public void flush() {
        poller.flushDirty();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(background);
        poller.wakeup();
        for (Waiter waiter : waiters) {
            LockSupport.unpark(waiter.thread);
        }
        try {
            if (Thread.currentThread() != background) {
                background.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        poller.close();
    }

    private void lead(BooleanSupplier done, long deadline) {
        seatChanges++;
        try {
            while (!done.getAsBoolean() && !closed && !Thread.currentThread().isInterrupted()) {
                long left = deadline == Long.MAX_VALUE ? Long.MAX_VALUE : deadline - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                pollOnce(left);
            }
        } finally {
            leaveSeat();
        }
    }

    /** One turn of whoever has the seat. */
    private void pollOnce(long longest) {
        // INVARIANT: set before the tick decides, so that work that begins after its look wakes the poll.
        pollingForEver = true;
        long next = tick.getAsLong();
        if (next != Long.MAX_VALUE) {
            pollingForEver = false;
        }
        try {
            poller.poll(Math.min(longest, next));
        } catch (ClosedSelectorException e) {
            if (!closed) {
                throw e;
            }
            return; // shut down since this thread looked: it looks again now
        }
        if (next == Long.MAX_VALUE) {
            pollingForEver = false;
        }
        signal();
    }

    private void leaveSeat() {
        seat.set(null);
        wakeNext();
    }

    private void follow(BooleanSupplier done, long left) {
        Waiter waiter = new Waiter(Thread.currentThread(), done);
        waiters.add(waiter);
        try {
            if (seat.get() == background) {
                seatWanted = true;
                poller.wakeup();
            }
            // INVARIANT: whoever frees the seat or makes a condition true looks at the queue afterwards, so a waiter
            // that
            // is in the queue and finds neither will be woken.
            if (seat.get() != null && !done.getAsBoolean()) {
                LockSupport.parkNanos(this, left);
            }
        } finally {
            waiters.remove(waiter);
            if (seat.get() == null) {
                wakeNext(); // the seat was offered to this thread, which may not need it any more
            }
        }
    }

    private void wakeNext() {
        Waiter next = waiters.peek();
        if (next != null) {
            LockSupport.unpark(next.thread);
        } else if (backgroundAsleep) {
            LockSupport.unpark(background);
        }
    }

    private void runInBackground() {
        long seen = seatChanges;
        int quiet = 0;
        while (!closed) {
            long changes = seatChanges;
            boolean active = changes != seen;
            seen = changes;
            if (active) {
                quiet = 0;
                LockSupport.parkNanos(this, TICK_NANOS);
            } else if (seat.compareAndSet(null, background)) {
                leadInBackground();
                quiet = 0;
                LockSupport.parkNanos(this, TICK_NANOS);
            } else if (++quiet < QUIET_TICKS) {
                LockSupport.parkNanos(this, TICK_NANOS);
            } else {
                sleepUntilSeatIsFree();
                quiet = 0;
            }
        }
    }

    private void leadInBackground() {
        seatWanted = false;
        try {
            while (!closed && !seatWanted && waiters.isEmpty()) {
                pollOnce(Long.MAX_VALUE);
            }
        } finally {
            leaveSeat();
        }
    }

    private void sleepUntilSeatIsFree() {
        backgroundAsleep = true;
        if (seat.get() != null && !closed) {
            LockSupport.park(this);
        }
        backgroundAsleep = false;
    }
}

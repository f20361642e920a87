// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The conductor's event loop: waits for descriptors with epoll, for commands of other threads with an eventfd, and for the
 * time its turn asks for. It sleeps meanwhile, but for the microseconds in which somebody who was just answered mostly asks
 * again. {@link #execute} and {@link #stop} are safe from any thread, the rest belongs to the thread that runs it.
 */
final class EventLoop implements Runnable {
    private static final int MAX_EVENTS = 256;
    private static final long EPOLL_CLOEXEC = 0x80000;
    private static final long EFD_FLAGS = 0x80800; // close on exec, non-blocking
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    /** What becomes of a descriptor's events. */
    interface Ready {
        void onReady(int events);
    }

    /** What is done once in every round, after events and commands. */
    interface Turn {

        /** Returns after how many milliseconds the next round is due at the latest, -1 for whenever something happens. */
        long run();
    }

    private final Arena arena = Arena.ofShared();
    private final MemorySegment events = arena.allocate((long) MAX_EVENTS * Linux.EPOLL_EVENT_LENGTH, Long.BYTES);
    private final MemorySegment word = arena.allocate(Long.BYTES, Long.BYTES);
    private final MemorySegment bell = arena.allocate(Long.BYTES, Long.BYTES);
    private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Runnable> afterRound = new ArrayDeque<>();
    private final AtomicBoolean rung = new AtomicBoolean();
    private final Patience patience = new Patience(Runtime.getRuntime().availableProcessors());
    private final Consumer<Throwable> errors;
    private final Turn turn;
    private final int epoll;
    private final int eventfd;
    private Ready[] handlers = new Ready[64];
    private int[] generations = new int[64];
    private final Object rest = new Object();
    private volatile boolean resting;
    private boolean rested;
    private volatile boolean stopping;
    private boolean disposed;

    EventLoop(Turn turn, Consumer<Throwable> errors) throws CallException {
        this.turn = requireNonNull(turn, "turn");
        this.errors = requireNonNull(errors, "errors");
        bell.set(LONG, 0, 1);
        epoll = (int) Linux.call("epoll_create1", Linux.EPOLL_CREATE1, EPOLL_CLOEXEC, 0, 0, 0, 0);
        eventfd = (int) Linux.call("eventfd2", Linux.EVENTFD2, 0, EFD_FLAGS, 0, 0, 0);
        add(eventfd, Linux.EPOLLIN, ignored -> {
            Linux.attempt(Linux.READ, eventfd, word.address(), Long.BYTES, 0, 0);
        });
    }

    /** Runs something on the conductor; dropped once the loop has stopped. */
    void execute(Runnable command) {
        commands.add(command);
        if (!rung.get() && rung.compareAndSet(false, true)) {
            synchronized (bell) {
                if (!disposed) {
                    Linux.attempt(Linux.WRITE, eventfd, bell.address(), Long.BYTES, 0, 0);
                }
            }
        }
    }

    /**
     * Runs something on the conductor once every event has been dealt with that is ready now, whichever descriptor it is of: whoever
     * asks is not told less than others had said before he asked.
     */
    void afterRound(Runnable command) {
        afterRound.add(command);
    }

    void stop() {
        stopping = true;
        execute(() -> {});
    }

    /**
     * Lets the conductor rest where it is, for what it owns is bound to its thread; returns when it does. What comes meanwhile
     * waits.
     */
    void rest() throws InterruptedException {
        synchronized (rest) {
            resting = true;
            execute(() -> {});
            while (!rested) {
                rest.wait();
            }
        }
    }

    /** Lets it go on. */
    void goOn() {
        synchronized (rest) {
            resting = false;
            rest.notifyAll();
        }
    }

    private void restWhileAsked() {
        synchronized (rest) {
            rested = resting;
            rest.notifyAll();
            boolean interrupted = false;
            while (resting) {
                try {
                    rest.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            rested = false;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void add(int descriptor, int interest, Ready handler) throws CallException {
        if (descriptor >= handlers.length) {
            handlers = Arrays.copyOf(handlers, Math.max(descriptor + 1, handlers.length * 2));
            generations = Arrays.copyOf(generations, handlers.length);
        }
        handlers[descriptor] = handler;
        generations[descriptor]++;
        control(Linux.EPOLL_CTL_ADD, descriptor, interest);
    }

    void interest(int descriptor, int interest) throws CallException {
        control(Linux.EPOLL_CTL_MOD, descriptor, interest);
    }

    /** To be called before the descriptor is closed. */
    void remove(int descriptor) {
        handlers[descriptor] = null;
        Linux.attempt(Linux.EPOLL_CTL, epoll, Linux.EPOLL_CTL_DEL, descriptor, events.address(), 0);
    }

    private void control(int operation, int descriptor, int interest) throws CallException {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment event = scratch.allocate(Linux.EPOLL_EVENT_LENGTH, Long.BYTES);
            event.set(INT, 0, interest);
            event.set(LONG, Linux.EPOLL_EVENT_DATA, (long) generations[descriptor] << Integer.SIZE | descriptor);
            Linux.call("epoll_ctl", Linux.EPOLL_CTL, epoll, operation, descriptor, event.address(), 0);
        }
    }

    @Override
    public void run() {
        long timeout = 0;
        while (!stopping) {
            if (resting) {
                restWhileAsked();
            }
            int due = afterRound.size();
            long count = timeout == 0 || due > 0 ? poll(0) : await(timeout);
            for (int i = 0; i < count; i++) {
                dispatch((long) i * Linux.EPOLL_EVENT_LENGTH);
            }
            if (count < MAX_EVENTS) {
                runAfterRound(due);
            }
            runCommands();
            timeout = guardedTurn();
        }
    }

    /** Somebody has been answered who is likely to ask again at once. */
    void expectMore() {
        patience.expect();
    }

    private long await(long timeout) {
        long count = 0;
        if (patience.begin(System.nanoTime())) {
            while (count == 0 && !patience.isOver(System.nanoTime())) {
                count = poll(0);
            }
        }
        if (count == 0) {
            count = poll(timeout);
        }
        patience.end(System.nanoTime());
        return count;
    }

    private long poll(long timeout) {
        return Linux.attempt(Linux.EPOLL_PWAIT, epoll, events.address(), MAX_EVENTS, timeout, 0);
    }

    private void dispatch(long offset) {
        int ready = events.get(INT, offset);
        long data = events.get(LONG, offset + Linux.EPOLL_EVENT_DATA);
        int descriptor = (int) data;
        Ready handler = handlers[descriptor];
        // An earlier event of this round may have closed the descriptor, and a new one may have its number by now.
        if (handler == null || generations[descriptor] != (int) (data >>> Integer.SIZE)) {
            return;
        }
        try {
            handler.onReady(ready);
        } catch (RuntimeException | Error e) {
            errors.accept(e);
        }
    }

    private void runAfterRound(int due) {
        for (int i = 0; i < due; i++) {
            guarded(afterRound.poll());
        }
    }

    private void runCommands() {
        rung.set(false);
        Runnable command = commands.poll();
        while (command != null) {
            guarded(command);
            command = commands.poll();
        }
    }

    private void guarded(Runnable command) {
        try {
            command.run();
        } catch (RuntimeException | Error e) {
            errors.accept(e);
        }
    }

    private long guardedTurn() {
        try {
            return turn.run();
        } catch (RuntimeException | Error e) {
            errors.accept(e);
            return 1;
        }
    }

    /** Closes the loop's own descriptors, after the thread that ran it has ended. */
    void dispose() {
        runCommands();
        Linux.close(epoll);
        synchronized (bell) {
            disposed = true;
            Linux.close(eventfd);
        }
        arena.close();
    }
}

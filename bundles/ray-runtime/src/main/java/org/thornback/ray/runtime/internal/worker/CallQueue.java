// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Work waiting for this worker's task threads, and how many of them may run.
 *
 * <p>One task runs at a time, plus one for each task that is blocked in get: its CPU was given back. Guarded by its monitor;
 * {@link #mayRun} is a cheap look without it.
 */
final class CallQueue {
    private final Deque<Runnable> orders = new ArrayDeque<>();
    private final Deque<IncomingCall> calls = new ArrayDeque<>();
    private volatile int waiting;
    private volatile int running;

    synchronized void add(IncomingCall call) {
        calls.add(call);
        waiting++;
    }

    /** Something the worker itself has to do on a task thread, before any call. */
    synchronized void order(Runnable order) {
        orders.add(order);
        waiting++;
    }

    boolean mayRun() {
        return waiting > 0 && running < 1;
    }

    boolean hasMore() {
        return waiting > 0;
    }

    int running() {
        return running;
    }

    /** What to run next, null if it may not run; counts the caller as running. Each must be followed by {@link #done}. */
    synchronized Object take() {
        if (!mayRun()) {
            return null;
        }
        Object next = orders.isEmpty() ? calls.poll() : orders.poll();
        waiting--;
        running++;
        return next;
    }

    synchronized void done() {
        running--;
    }

    synchronized void blocked() {
        running--;
    }

    /** The blocked task goes on; for a moment one more may run than should. */
    synchronized void unblocked() {
        running++;
    }

    synchronized List<IncomingCall> takeBack(CallerConnection caller, long upTo) {
        List<IncomingCall> taken = new ArrayList<>();
        for (Iterator<IncomingCall> all = calls.iterator(); all.hasNext(); ) {
            IncomingCall call = all.next();
            if (call.from() == caller && call.callId() <= upTo) {
                all.remove();
                taken.add(call);
                waiting--;
            }
        }
        return taken;
    }
}

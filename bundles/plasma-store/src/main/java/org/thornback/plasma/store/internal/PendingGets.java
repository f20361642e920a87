// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.thornback.api.store.PlasmaId;

/** Gets of Arrow's clients that wait for objects, and until when. Owned by the conductor. */
final class PendingGets {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Longer than this is for ever. */
    private static final long LONGEST_MILLIS = 1L << 40;

    private final Watches watches;
    private final Runnable drainRings;
    private final PriorityQueue<PendingGet> deadlines =
            new PriorityQueue<>(Comparator.comparingLong(PendingGet::deadline));

    PendingGets(Watches watches, Runnable drainRings) {
        this.watches = requireNonNull(watches, "watches");
        this.drainRings = requireNonNull(drainRings, "drainRings");
    }

    /** Lets a get wait for what it misses; it may be complete when this returns. */
    void add(PendingGet get, long timeoutMillis) {
        boolean bounded = timeoutMillis >= 0 && timeoutMillis < LONGEST_MILLIS;
        get.beginWaiting(bounded ? System.nanoTime() + timeoutMillis * NANOS_PER_MILLI : Long.MAX_VALUE);
        if (bounded) {
            deadlines.add(get);
        }
        for (PlasmaId id : get.awaited()) {
            watches.add(id, get);
        }
        watches.publish();
        // INVARIANT: a put that did not see the new number is in its ring by now; one that comes later rings.
        drainRings.run();
    }

    void remove(PendingGet get) {
        deadlines.remove(get);
        for (PlasmaId id : get.awaited()) {
            watches.remove(id, get);
        }
    }

    /** Answers those whose time is over. */
    void expire() {
        PendingGet first = deadlines.peek();
        while (first != null && System.nanoTime() - first.deadline() >= 0) {
            first.expire();
            first = deadlines.peek();
        }
    }

    /** Milliseconds until the next is due, -1 for never. */
    long pause() {
        PendingGet first = deadlines.peek();
        return first == null
                ? -1
                : Math.max(0, first.deadline() - System.nanoTime() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    }
}

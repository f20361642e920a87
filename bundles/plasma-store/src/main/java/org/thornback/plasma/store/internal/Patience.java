// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

/**
 * Whether it pays to look for the next event again and again before sleeping. A client that asks one thing at a time asks the
 * next one within microseconds, less than it takes to wake a thread; one that has gone quiet is not waited for. Owned by the
 * conductor.
 *
 * <p>Every wait tells whether looking would have found the event: each that would adds to the trust, each in vain takes four
 * times as much away. Looking begins once there is trust enough, for a client that copies or hashes between two requests is not
 * there in time and needs the processor meanwhile; it ends when the trust is used up. Nothing is looked for on a single
 * processor, where the client could not run meanwhile.
 */
final class Patience {
    /** A few times what waking a sleeping thread costs, and what Arrow's client needs to hash a MiB before it seals it. */
    static final long WINDOW_NANOS = 250_000;

    private static final int MOST_TRUST = 16;
    private static final int ENOUGH_TRUST = 8;
    private static final int LOSS = 4;

    private final boolean possible;
    private int trust;
    private boolean trusting;
    private boolean expected;
    private long since;

    Patience(int processors) {
        possible = processors > 1;
    }

    /** Somebody has been answered who is likely to ask again. */
    void expect() {
        expected = possible;
    }

    /** A wait begins; returns whether to look for events until {@link #isOver}, instead of sleeping at once. */
    boolean begin(long nanoTime) {
        since = nanoTime;
        return expected && trusting;
    }

    boolean isOver(long nanoTime) {
        return nanoTime - since >= WINDOW_NANOS;
    }

    /** The wait is over: something came, or its time was up. */
    void end(long nanoTime) {
        if (expected) {
            trust = isOver(nanoTime) ? Math.max(0, trust - LOSS) : Math.min(MOST_TRUST, trust + 1);
            trusting = trusting ? trust > 0 : trust >= ENOUGH_TRUST;
            expected = false;
        }
    }
}

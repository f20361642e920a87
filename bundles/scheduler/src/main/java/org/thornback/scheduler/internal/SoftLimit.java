// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.scheduler.internal;

/**
 * How many tasks without resources run at once: one for each CPU, and more as long as they are all stuck, so that tasks that
 * wait or sleep do not keep others from starting.
 *
 * <p>Each further one is allowed after a pause that grows; the pause starts anew when one came back. Owned by its scheduler.
 */
final class SoftLimit {
    private static final long FIRST_PAUSE_NANOS = 50_000_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;
    private static final int MOST_FOR_EACH_CPU = 64;

    private int cpus = 1;
    private int running;
    private int extra;
    private long pause = FIRST_PAUSE_NANOS;
    private long lastChange;

    void cpus(int count) {
        cpus = Math.max(1, count);
    }

    boolean hasRoom() {
        return running < cpus + extra;
    }

    void started(long now) {
        running++;
        lastChange = now;
    }

    void ended(long now) {
        running--;
        lastChange = now;
        if (running <= cpus) {
            extra = 0;
            pause = FIRST_PAUSE_NANOS;
        }
    }

    /** Something waits and there is no room: allows one more when the pause is over. */
    void starve(long now) {
        if (hasRoom() || now - lastChange < pause || isAtItsEnd()) {
            return;
        }
        extra++;
        lastChange = now;
        pause = extra < cpus * 4 ? pause : Math.min(LONGEST_PAUSE_NANOS, pause * 2);
    }

    /** When another one may be allowed; never as long as nothing comes back, when there are enough of them. */
    long nextNanos(long now) {
        return isAtItsEnd() ? Long.MAX_VALUE : Math.max(0, lastChange + pause - now);
    }

    private boolean isAtItsEnd() {
        return extra >= cpus * MOST_FOR_EACH_CPU;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.worker.pool.internal;

import java.util.concurrent.TimeUnit;

/**
 * How long no warm workers are started after some that could not be: longer and longer, until one registers. Guarded by the
 * pool's lock.
 */
final class StartPause {
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int HOPELESS = 3;

    private int failures;
    private long length;
    private long since;

    void failed(long now) {
        failures++;
        length = length == 0 ? FIRST_NANOS : Math.min(2 * length, LONGEST_NANOS);
        since = now;
    }

    void end() {
        failures = 0;
        length = 0;
    }

    /** So many in a row have failed that it is no accident. */
    boolean isHopeless() {
        return failures >= HOPELESS;
    }

    boolean isOver(long now) {
        return length == 0 || now - since > length;
    }
}

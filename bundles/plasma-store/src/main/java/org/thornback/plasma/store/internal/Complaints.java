// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import org.slf4j.Logger;
import org.thornback.api.ThornbackException;

/**
 * Logs why clients were dropped: the first few of every minute one by one, the rest as a number, because whoever sends rubbish
 * may send a lot of it. Owned by the conductor.
 */
final class Complaints {
    private static final int EACH_MINUTE = 10;
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final Logger log;
    private long minuteEnds = System.nanoTime() + MINUTE_NANOS;
    private long count;

    Complaints(Logger log) {
        this.log = requireNonNull(log, "log");
    }

    void add(String who, ThornbackException reason) {
        long now = System.nanoTime();
        if (now - minuteEnds >= 0) {
            if (count > EACH_MINUTE) {
                log.warn("{} more connections were dropped for malformed input", count - EACH_MINUTE);
            }
            minuteEnds = now + MINUTE_NANOS;
            count = 0;
        }
        if (count++ < EACH_MINUTE) {
            log.warn("{} dropped: {}", who, reason.getMessage());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

/** How many bytes all connections together may make the store keep for them. Owned by the conductor. */
final class Allowance {
    private final long limit;
    private long taken;

    Allowance(long limit) {
        this.limit = limit;
    }

    /** Takes some, or fails: whoever asks last pays. */
    void take(long bytes) {
        if (bytes > limit - taken) {
            throw new MalformedInputException(
                    "a connection wants bytes=" + bytes + " kept, and all together keep " + taken + " of " + limit);
        }
        taken += bytes;
    }

    void giveBack(long bytes) {
        taken -= bytes;
    }

    long taken() {
        return taken;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How many bytes all connections together may make the store keep for them. Whoever makes it keep most pays when that is too
 * much, not whoever asks last. Owned by the conductor.
 */
final class Allowance {
    private final long limit;
    private final Set<Account> holders = new LinkedHashSet<>();
    private long taken;
    private long promised;

    Allowance(long limit) {
        this.limit = limit;
    }

    /**
     * Opens an account; it needs no closing, only what was taken is to be given back.
     *
     * @param drop ends whoever has it, soon and not at once, for the reason given; what it holds is given back then.
     */
    Account open(Consumer<MalformedInputException> drop) {
        return new Account(drop);
    }

    /** Bytes that are kept now, those of connections that are about to end included. */
    long taken() {
        return taken;
    }

    /** What one connection makes the store keep. */
    final class Account {
        private final Consumer<MalformedInputException> drop;
        private long held;
        private boolean dropped;

        private Account(Consumer<MalformedInputException> drop) {
            this.drop = requireNonNull(drop, "drop");
        }

        /** Takes some. Fails when this would be the one who holds most, and all together too much. */
        void take(long bytes) {
            while (dropped || bytes > limit - (taken - promised)) {
                Account payer = payer(bytes);
                MalformedInputException reason = new MalformedInputException("a connection wants bytes="
                        + (payer == this ? held + bytes : payer.held)
                        + " kept, more than any other, and all together want " + (taken + bytes) + " of " + limit);
                if (payer == this) {
                    throw reason;
                }
                payer.end(reason);
            }
            taken += bytes;
            held += bytes;
            holders.add(this);
        }

        private Account payer(long bytes) {
            return dropped
                    ? this
                    : holders.stream()
                            .filter(account -> !account.dropped && account.held > held + bytes)
                            .max(Comparator.comparingLong(account -> account.held))
                            .orElse(this);
        }

        private void end(MalformedInputException reason) {
            dropped = true;
            promised += held;
            drop.accept(reason);
        }

        void giveBack(long bytes) {
            taken -= bytes;
            held -= bytes;
            if (dropped) {
                promised -= bytes;
            }
            if (held == 0) {
                holders.remove(this);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.report;

import java.util.Optional;
import java.util.OptionalDouble;

/** What a figure of ours has to reach. */
sealed interface Mark {

    /** Whether ours reaches it; empty when what it is compared with was not measured. */
    Optional<Boolean> reached(double ours, OptionalDouble peer, Measurements measured);

    /** For the table, with the measured limit where there is one. */
    String text(Measurements measured);

    /** There is none: the row only compares. */
    record None() implements Mark {
        @Override
        public Optional<Boolean> reached(double ours, OptionalDouble peer, Measurements measured) {
            return Optional.empty();
        }

        @Override
        public String text(Measurements measured) {
            return "–";
        }
    }

    /** No more than a number. */
    record AtMost(double most) implements Mark {
        @Override
        public Optional<Boolean> reached(double ours, OptionalDouble peer, Measurements measured) {
            return Optional.of(ours <= most);
        }

        @Override
        public String text(Measurements measured) {
            return "≤ " + Numbers.format(most);
        }
    }

    /** No less than a number. */
    record AtLeast(double least) implements Mark {
        @Override
        public Optional<Boolean> reached(double ours, OptionalDouble peer, Measurements measured) {
            return Optional.of(ours >= least);
        }

        @Override
        public String text(Measurements measured) {
            return "≥ " + Numbers.format(least);
        }
    }

    /** No more than a limit of the machine, so many times. */
    record AtMostTimes(double factor, String limit, String name) implements Mark {
        @Override
        public Optional<Boolean> reached(double ours, OptionalDouble peer, Measurements measured) {
            OptionalDouble value = measured.median(limit);
            return value.isEmpty() ? Optional.empty() : Optional.of(ours <= factor * value.getAsDouble());
        }

        @Override
        public String text(Measurements measured) {
            return "≤ " + Numbers.format(factor) + " × " + name + Numbers.inBrackets(measured.median(limit));
        }
    }

    /** No less than a share of a limit of the machine. */
    record AtLeastTimes(double factor, String limit, String name) implements Mark {
        @Override
        public Optional<Boolean> reached(double ours, OptionalDouble peer, Measurements measured) {
            OptionalDouble value = measured.median(limit);
            return value.isEmpty() ? Optional.empty() : Optional.of(ours >= factor * value.getAsDouble());
        }

        @Override
        public String text(Measurements measured) {
            return "≥ " + Numbers.format(factor) + " × " + name + Numbers.inBrackets(measured.median(limit));
        }
    }

    /** As good as the peer, times a factor. */
    record AgainstPeer(double factor, boolean moreIsBetter) implements Mark {
        @Override
        public Optional<Boolean> reached(double ours, OptionalDouble peer, Measurements measured) {
            if (peer.isEmpty()) {
                return Optional.empty();
            }
            double better = moreIsBetter ? ours / peer.getAsDouble() : peer.getAsDouble() / ours;
            return Optional.of(better >= factor);
        }

        @Override
        public String text(Measurements measured) {
            return "≥ " + Numbers.format(factor) + " × the peer";
        }
    }
}

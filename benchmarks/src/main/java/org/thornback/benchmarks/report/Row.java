// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.report;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One row of the table.
 *
 * @param figure       what is measured, for the reader.
 * @param unit         of all numbers in the row.
 * @param ours         key of our measurement.
 * @param peerName     whom it is compared with; empty for nobody.
 * @param peer         key of the peer's measurement; empty for none.
 * @param moreIsBetter for the ratio, which is above 1 where ours is better.
 * @param mark         to be reached.
 */
record Row(String figure, String unit, String ours, String peerName, String peer, boolean moreIsBetter, Mark mark) {

    Row {
        requireNonNull(figure, "figure");
        requireNonNull(unit, "unit");
        requireNonNull(ours, "ours");
        requireNonNull(peerName, "peerName");
        requireNonNull(peer, "peer");
        requireNonNull(mark, "mark");
    }

    /** The row in Markdown; empty when ours was not measured. */
    Optional<String> line(Measurements measured) {
        OptionalDouble mine = measured.median(ours);
        if (mine.isEmpty()) {
            return Optional.empty();
        }
        OptionalDouble theirs = measured.median(peer);
        String other = peerName.isEmpty() ? "–" : peerName + " " + value(theirs);
        return Optional.of(String.join(
                " | ",
                "| " + figure,
                other,
                value(mine),
                ratio(mine.getAsDouble(), theirs),
                mark.text(measured),
                mark.reached(mine.getAsDouble(), theirs, measured)
                                .map(yes -> yes ? "yes" : "no")
                                .orElse("–")
                        + " |"));
    }

    private String value(OptionalDouble value) {
        return value.isEmpty() ? "not measured" : Numbers.format(value.getAsDouble()) + " " + unit;
    }

    private String ratio(double mine, OptionalDouble theirs) {
        if (theirs.isEmpty()) {
            return "–";
        }
        double ratio = moreIsBetter ? mine / theirs.getAsDouble() : theirs.getAsDouble() / mine;
        return String.format(Locale.ROOT, "%.2f ×", ratio);
    }
}

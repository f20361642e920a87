// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.report;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as a reader wants them: three digits that count, thousands apart. */
final class Numbers {
    private static final double WHOLE = 100;
    private static final double TENTHS = 10;

    private Numbers() {}

    static String format(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= WHOLE) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) >= TENTHS ? "%.1f" : "%.2f", value);
    }

    static String inBrackets(OptionalDouble value) {
        return value.isEmpty() ? "" : " (" + format(value.getAsDouble()) + ")";
    }
}

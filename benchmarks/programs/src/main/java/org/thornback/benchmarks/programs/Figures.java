// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.programs;

import java.util.Arrays;
import java.util.Locale;

/**
 * Prints figures, each as a line {@code FIGURE name round value}. Round 0 is a warm-up, which the report leaves out.
 *
 * <p>Percentiles are exact: all samples are kept and sorted.
 */
final class Figures {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private Figures() {}

    static void print(String name, int round, double value) {
        System.out.printf(Locale.ROOT, "FIGURE %s %d %.3f%n", name, round, value);
    }

    static void printSeconds(String name, long nanos) {
        print(name, 1, nanos / NANOS_PER_SECOND);
    }

    static void printMedianMicros(String name, int round, long[] nanos) {
        print(name, round, median(nanos) / NANOS_PER_MICRO);
    }

    static void printRate(String name, int round, int count, long nanos) {
        print(name, round, count * NANOS_PER_SECOND / nanos);
    }

    /** Bytes in a nanosecond are gigabytes in a second. */
    static void printGigabytes(String name, int round, long bytes, long[] nanos) {
        print(name, round, bytes / median(nanos));
    }

    private static double median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }
}

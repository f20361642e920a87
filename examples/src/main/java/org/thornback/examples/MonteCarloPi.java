// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Estimates pi by throwing darts: the plainest use of tasks. The same seeds give the same answer on any cluster. */
public final class MonteCarloPi {
    private static final int TASKS = 64;
    private static final long DARTS_EACH = 1_000_000;

    private MonteCarloPi() {}

    public static void main(String[] arguments) {
        Ray.init();
        try {
            List<ObjectRef<Long>> throwers = new ArrayList<>();
            for (int seed = 0; seed < TASKS; seed++) {
                throwers.add(Ray.task(MonteCarloPi::hits, seed, DARTS_EACH).remote());
            }
            long hits = Ray.get(throwers).stream().mapToLong(Long::longValue).sum();
            double pi = 4.0 * hits / (TASKS * DARTS_EACH);
            System.out.printf(Locale.ROOT, "%,d darts: pi is about %.4f%n", TASKS * DARTS_EACH, pi);
        } finally {
            Ray.shutdown();
        }
    }

    /** The task: how many of the darts hit the quarter of a disc that lies in the square. */
    static long hits(int seed, long darts) {
        var random = new SplittableRandom(seed);
        long hits = 0;
        for (long dart = 0; dart < darts; dart++) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            if (x * x + y * y <= 1) {
                hits++;
            }
        }
        return hits;
    }
}

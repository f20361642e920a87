// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.programs;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What objects cost.
 *
 * <p>Memory that was never touched costs the kernel more than the copy does, so puts are measured both ways: fresh into a store
 * that is new, all objects kept; recycled after the whole store was filled once and let go of.
 */
final class Objects {
    private static final int MIB = 1 << 20;
    private static final int[] SIZES = {MIB, 16 * MIB, 128 * MIB};
    private static final int[] FRESH_COUNTS = {100, 12, 3};
    private static final int[] RECYCLED_COUNTS = {100, 15, 5};
    private static final int SMALL_OBJECTS = 2_000;
    private static final long LET_GO_NANOS = 20_000_000;
    private static final int FILL = 64 * MIB;

    private Objects() {}

    static void small(int rounds) {
        for (int round = 0; round <= rounds; round++) {
            long[] puts = new long[SMALL_OBJECTS];
            long[] gets = new long[SMALL_OBJECTS];
            for (int i = 0; i < SMALL_OBJECTS; i++) {
                long begin = System.nanoTime();
                ObjectRef<Integer> object = Ray.put(i);
                long between = System.nanoTime();
                object.get();
                gets[i] = System.nanoTime() - between;
                puts[i] = between - begin;
            }
            Figures.printMedianMicros("put.integer", round, puts);
            Figures.printMedianMicros("get.integer", round, gets);
        }
    }

    static void fresh() {
        List<ObjectRef<byte[]>> kept = new ArrayList<>();
        for (int i = 0; i < SIZES.length; i++) {
            byte[] bytes = new byte[SIZES[i]];
            long[] puts = new long[FRESH_COUNTS[i]];
            for (int k = 0; k < puts.length; k++) {
                long begin = System.nanoTime();
                kept.add(Ray.put(bytes));
                puts[k] = System.nanoTime() - begin;
            }
            Figures.printGigabytes("put.fresh." + SIZES[i] / MIB, 1, bytes.length, puts);
        }
    }

    static void recycled(int rounds, long capacity) {
        letGo();
        touchAll(capacity);
        letGo();
        for (int round = 0; round <= rounds; round++) {
            for (int i = 0; i < SIZES.length; i++) {
                recycled(round, SIZES[i], RECYCLED_COUNTS[i]);
            }
        }
    }

    private static void recycled(int round, int size, int count) {
        byte[] bytes = new byte[size];
        long[] puts = new long[count];
        long[] gets = new long[count];
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            ObjectRef<byte[]> object = Ray.put(bytes);
            long between = System.nanoTime();
            byte[] copy = object.get();
            gets[i] = System.nanoTime() - between;
            puts[i] = between - begin;
            if (copy.length != size) {
                throw new IllegalStateException("put bytes=" + size + ", got bytes=" + copy.length);
            }
            if (size > MIB) {
                object = null;
                letGo();
            }
        }
        letGo();
        Figures.printGigabytes("put.recycled." + size / MIB, round, size, puts);
        Figures.printGigabytes("get." + size / MIB, round, size, gets);
    }

    private static void touchAll(long capacity) {
        byte[] bytes = new byte[FILL];
        List<ObjectRef<byte[]>> kept = new ArrayList<>();
        for (long filled = 0; filled + 4 * FILL < capacity; filled += FILL) {
            kept.add(Ray.put(bytes));
        }
    }

    /** What nothing refers to any more leaves the store some milliseconds after the collector has seen it. */
    static void letGo() {
        System.gc();
        LockSupport.parkNanos(LET_GO_NANOS);
    }
}

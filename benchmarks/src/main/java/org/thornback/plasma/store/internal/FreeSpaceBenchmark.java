// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One block freed and one allocated, in space as torn as a store's after a long time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FreeSpaceBenchmark {
    private static final long LARGEST = 1 << 16;
    private static final int ALIGNMENT = 64;

    @Param({"1000", "100000"})
    private int blocks;

    private final SplittableRandom random = new SplittableRandom(1);
    private FreeSpace space;
    private long[] starts;
    private long[] lengths;

    /** Fills three quarters of the space, then replaces every block once. */
    @Setup
    public void setUp() {
        space = new FreeSpace(blocks * LARGEST * 2 / 3);
        starts = new long[blocks];
        lengths = new long[blocks];
        for (int i = 0; i < blocks; i++) {
            allocate(i);
        }
        for (int i = 0; i < blocks; i++) {
            replace();
        }
    }

    /**
     * Frees a block and allocates another.
     *
     * @return where it is.
     */
    @Benchmark
    public long replace() {
        int block = random.nextInt(blocks);
        space.free(starts[block], lengths[block]);
        return allocate(block);
    }

    private long allocate(int block) {
        lengths[block] = ALIGNMENT * (1 + random.nextLong(LARGEST / ALIGNMENT));
        starts[block] = space.allocate(lengths[block]);
        if (starts[block] < 0) {
            throw new IllegalStateException("no room for length=" + lengths[block] + " of free=" + space.available());
        }
        return starts[block];
    }
}

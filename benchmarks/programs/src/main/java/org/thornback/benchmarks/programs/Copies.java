// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.programs;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The least a copy can cost: into memory that was touched before, and out of it into a new array.
 *
 * <p>Argument: how many rounds after the warm-up.
 */
public final class Copies {
    private static final int MIB = 1 << 20;
    private static final int[] SIZES = {MIB, 16 * MIB, 128 * MIB};
    private static final int[] COUNTS = {100, 15, 5};

    private Copies() {}

    /**
     * Measures.
     *
     * @param arguments number of rounds.
     */
    public static void main(String[] arguments) {
        int rounds = Integer.parseInt(arguments[0]);
        for (int round = 0; round <= rounds; round++) {
            for (int i = 0; i < SIZES.length; i++) {
                measure(round, SIZES[i], COUNTS[i]);
            }
        }
    }

    private static void measure(int round, int size, int count) {
        byte[] source = new byte[size];
        Arrays.fill(source, (byte) 1);
        ByteBuffer memory = ByteBuffer.allocateDirect(size);
        long[] in = new long[count];
        long[] out = new long[count];
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            memory.put(0, source);
            in[i] = System.nanoTime() - begin;
            begin = System.nanoTime();
            byte[] copy = new byte[size];
            memory.get(0, copy);
            out[i] = System.nanoTime() - begin;
            if (copy[size - 1] != 1) {
                throw new IllegalStateException("the copy of bytes=" + size + " is not one");
            }
        }
        Figures.printGigabytes("memcpy." + size / MIB, round, size, in);
        Figures.printGigabytes("new-and-copy." + size / MIB, round, size, out);
    }
}

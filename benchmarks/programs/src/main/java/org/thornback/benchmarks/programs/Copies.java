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
                measure(round, SIZES[i], COUNTS[i], false);
                measure(round, SIZES[i], COUNTS[i], true);
            }
        }
    }

    /** With a rest before each copy, as puts of recycled memory have it, what is copied is in no cache any more. */
    private static void measure(int round, int size, int count, boolean rested) {
        byte[] source = new byte[size];
        Arrays.fill(source, (byte) 1);
        ByteBuffer memory = ByteBuffer.allocateDirect(size);
        long[] in = new long[count];
        long[] out = new long[count];
        for (int i = 0; i < count; i++) {
            if (rested) {
                Objects.letGo();
            }
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
        String kind = rested ? "rested." : "";
        Figures.printGigabytes("memcpy." + kind + size / MIB, round, size, in);
        Figures.printGigabytes("new-and-copy." + kind + size / MIB, round, size, out);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.programs;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.nio.ByteBuffer;

/** What a get of a {@link ByteBuffer} costs, which is to be a view of the store's memory. Argument: how many rounds. */
public final class Views {
    private static final int SIZE = 16 << 20;
    private static final int COUNT = 20;

    private Views() {}

    /**
     * Measures.
     *
     * @param arguments number of rounds.
     */
    public static void main(String[] arguments) {
        Ray.init();
        ObjectRef<ByteBuffer> object = Ray.put(ByteBuffer.allocateDirect(SIZE).put(SIZE - 1, (byte) 1));
        for (int round = 0; round <= Integer.parseInt(arguments[0]); round++) {
            long[] nanos = new long[COUNT];
            for (int i = 0; i < COUNT; i++) {
                long begin = System.nanoTime();
                ByteBuffer view = object.get();
                nanos[i] = System.nanoTime() - begin;
                if (view.remaining() != SIZE || view.get(SIZE - 1) != 1) {
                    throw new IllegalStateException("the view is not what was put: " + view);
                }
            }
            Figures.printGigabytes("get.view.16", round, SIZE, nanos);
        }
        Ray.shutdown();
    }
}

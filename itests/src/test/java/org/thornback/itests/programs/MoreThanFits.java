// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.programs;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Keeps references to more objects than the store can hold, and reads all of them, here and in tasks. */
public final class MoreThanFits {
    private static final int OBJECTS = 40;
    private static final int SIZE = 5_000_000;
    private static final int READERS = 8;

    private MoreThanFits() {}

    static byte[] bytes(int seed) {
        byte[] bytes = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            bytes[i] = (byte) (i * 17 + seed);
        }
        return bytes;
    }

    static boolean isWhole(byte[] bytes, int seed) {
        for (int i = 0; i < SIZE; i++) {
            if (bytes[i] != (byte) (i * 17 + seed)) {
                return false;
            }
        }
        return bytes.length == SIZE;
    }

    /** Readers push each other's objects out. */
    private static int wholeInManyHands(List<ObjectRef<byte[]>> kept) throws InterruptedException, ExecutionException {
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            List<Callable<Boolean>> readings = new ArrayList<>();
            for (int i = 0; i < OBJECTS; i++) {
                int seed = i;
                readings.add(() -> isWhole(kept.get(seed).get(), seed));
            }
            int whole = 0;
            for (Future<Boolean> reading : readers.invokeAll(readings)) {
                whole += reading.get() ? 1 : 0;
            }
            return whole;
        }
    }

    public static void main(String[] arguments) throws Exception {
        Ray.init();
        List<ObjectRef<byte[]>> kept = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++) {
            kept.add(
                    i % 2 == 0
                            ? Ray.put(bytes(i))
                            : Ray.task(MoreThanFits::bytes, i).remote());
        }
        int here = wholeInManyHands(kept);
        int there = 0;
        for (int i = OBJECTS - 1; i >= 0; i--) {
            there += Ray.task(MoreThanFits::isWhole, kept.get(i), i).remote().get() ? 1 : 0;
        }
        System.out.println("whole here=" + here + " there=" + there);
        Ray.shutdown();
    }
}

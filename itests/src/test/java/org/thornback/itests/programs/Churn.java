// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.programs;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Puts, reads and frees objects of all sizes until a file says stop, keeps some in use, and reads those again before it lets
 * them go. Ends with how much it did and how long one operation took at most; an object that is not what was put ends it at
 * once.
 */
public final class Churn {
    private static final int LARGEST = 2_000_000;
    private static final int KEPT = 8;
    private static final int ROUNDS_TO_COLLECTION = 32;
    private static final double NANOS_PER_MILLI = 1e6;

    private final SplittableRandom random;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private long operations;
    private long longest;

    /** An object in use: a buffer that lies in the store. */
    private record Kept(ObjectRef<ByteBuffer> ref, ByteBuffer view, int seed, int size) {}

    private Churn(long seed) {
        random = new SplittableRandom(seed);
    }

    private static ByteBuffer filled(int size, int seed) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(size);
        for (int i = 0; i < size; i++) {
            buffer.put(i, (byte) (i * 31 + (i >> 8) + seed));
        }
        return buffer;
    }

    private static void check(ByteBuffer buffer, int size, int seed) {
        if (buffer.remaining() != size) {
            throw new IllegalStateException("size=" + buffer.remaining() + ", expected " + size);
        }
        for (int i = 0; i < size; i++) {
            if (buffer.get(buffer.position() + i) != (byte) (i * 31 + (i >> 8) + seed)) {
                throw new IllegalStateException("byte " + i + " of " + size + " has changed");
            }
        }
    }

    private void timed(Runnable operation) {
        long start = System.nanoTime();
        operation.run();
        longest = Math.max(longest, System.nanoTime() - start);
        operations++;
    }

    private void round() {
        int seed = random.nextInt(256);
        int size = random.nextInt(4) == 0 ? random.nextInt(1, 2000) : random.nextInt(70_000, LARGEST);
        ByteBuffer value = filled(size, seed);
        Holder<ObjectRef<ByteBuffer>> ref = new Holder<>();
        Holder<ByteBuffer> view = new Holder<>();
        timed(() -> ref.value = Ray.put(value));
        timed(() -> view.value = ref.value.get());
        check(view.value, size, seed);
        kept.add(new Kept(ref.value, view.value, seed, size));
        if (kept.size() > KEPT) {
            Kept oldest = kept.poll();
            timed(() -> check(oldest.ref.get(), oldest.size, oldest.seed));
            check(oldest.view, oldest.size, oldest.seed);
            timed(() -> Ray.internal().free(List.of(oldest.ref), false));
        }
    }

    private static final class Holder<T> {
        private T value;
    }

    public static void main(String[] arguments) {
        Ray.init();
        Churn churn = new Churn(ProcessHandle.current().pid());
        for (int i = 0; i < 20; i++) {
            churn.round(); // what is slow because it is the first time is no pause of the store
        }
        churn.operations = 0;
        churn.longest = 0;
        System.out.println("running");
        Path stop = Path.of(System.getProperty("churn.stop"));
        for (int round = 1; !Files.exists(stop); round++) {
            churn.round();
            if (round % ROUNDS_TO_COLLECTION == 0) {
                System.gc(); // what lies in the store is in use until its buffer is collected
            }
        }
        System.out.printf("operations=%d longest=%.1f%n", churn.operations, churn.longest / NANOS_PER_MILLI);
        Ray.shutdown();
    }
}

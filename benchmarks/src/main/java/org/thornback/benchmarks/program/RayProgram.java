// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.program;

import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * Measures what a Ray program feels, on Ray and here: prints lines {@code figure <name> <value>}. The first round of each
 * figure is warm-up and not printed, but for those about a first time.
 */
public final class RayProgram {
    private static final int ROUNDS = 3;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private RayProgram() {}

    /** Counts. */
    public static final class Counter {
        private int value;

        /**
         * Counts one further.
         *
         * @return the new value.
         */
        public int next() {
            value++;
            return value;
        }
    }

    /**
     * Does nothing.
     *
     * @return 1.
     */
    public static int noop() {
        return 1;
    }

    /**
     * Runs all.
     *
     * @param arguments none.
     */
    public static void main(String[] arguments) {
        long begin = System.nanoTime();
        Ray.init();
        figure("init_s", (System.nanoTime() - begin) / NANOS_PER_SECOND);
        begin = System.nanoTime();
        Ray.task(RayProgram::noop).remote().get();
        figure("first_task_ms", (System.nanoTime() - begin) / 1e6);
        tasks();
        actors();
        smallObjects();
        for (int size : new int[] {1 << 20, 1 << 24, 1 << 27}) {
            largeObjects(size);
        }
        begin = System.nanoTime();
        Ray.shutdown();
        figure("shutdown_s", (System.nanoTime() - begin) / NANOS_PER_SECOND);
    }

    private static void tasks() {
        for (int round = 0; round <= ROUNDS; round++) {
            double one = median(500, i -> Ray.task(RayProgram::noop).remote().get());
            double many = perSecond(5_000, () -> Ray.task(RayProgram::noop).remote());
            if (round > 0) {
                figure("task_sync_us", one);
                figure("task_async_per_s", many);
            }
        }
    }

    private static void actors() {
        ActorHandle<Counter> counter = Ray.actor(Counter::new).remote();
        counter.task(Counter::next).remote().get();
        for (int round = 0; round <= ROUNDS; round++) {
            double one = median(1_000, i -> counter.task(Counter::next).remote().get());
            double many = perSecond(10_000, () -> counter.task(Counter::next).remote());
            if (round > 0) {
                figure("actor_sync_us", one);
                figure("actor_async_per_s", many);
            }
        }
    }

    private static void smallObjects() {
        for (int round = 0; round < ROUNDS; round++) {
            List<ObjectRef<Integer>> references = new ArrayList<>();
            double put = median(2_000, i -> references.add(Ray.put(i)));
            double get = median(2_000, i -> references.get(i).get());
            if (round > 0) {
                figure("put_small_us", put);
                figure("get_small_us", get);
            }
        }
    }

    private static void largeObjects(int size) {
        byte[] bytes = new byte[size];
        int count = Math.max(6, Math.min(100, (1 << 29) / size));
        Object[] kept = new Object[1];
        for (int round = 0; round < ROUNDS; round++) {
            double put = median(count, i -> kept[0] = Ray.put(bytes));
            ObjectRef<byte[]> reference = Ray.put(bytes);
            double get = median(count, i -> kept[0] = reference.get());
            if (round > 0) {
                String name = (size >> 20) + "MiB_GB_per_s";
                figure("put_" + name, size / put / NANOS_PER_MICRO);
                figure("get_" + name, size / get / NANOS_PER_MICRO);
            }
        }
    }

    private static double median(int count, IntConsumer action) {
        double[] micros = new double[count];
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            action.accept(i);
            micros[i] = (System.nanoTime() - begin) / NANOS_PER_MICRO;
        }
        Arrays.sort(micros);
        return micros[count / 2];
    }

    private interface Submission {
        ObjectRef<Integer> submit();
    }

    private static double perSecond(int count, Submission submission) {
        List<ObjectRef<Integer>> references = new ArrayList<>(count);
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            references.add(submission.submit());
        }
        Ray.get(references);
        return count / ((System.nanoTime() - begin) / NANOS_PER_SECOND);
    }

    private static void figure(String name, double value) {
        System.out.printf(Locale.ROOT, "figure %s %.4f%n", name, value);
    }
}

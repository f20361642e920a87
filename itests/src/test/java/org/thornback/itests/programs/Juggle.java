// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.programs;

import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.api.WaitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tasks, actors and objects until a file says stop, each answer checked; objects put at the beginning are read again at the end.
 * Ends with how much it did and how long one operation took at most; a wrong answer ends it at once.
 */
public final class Juggle {
    private static final int LARGE = 300_000;
    private static final int KEPT = 20;
    private static final int ROUNDS_PER_ACTOR = 16;
    private static final int WARM_ROUNDS = 20;
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<ObjectRef<byte[]>> kept = new ArrayList<>();
    private final ActorHandle<Tally> tally = Ray.actor(Tally::new).remote();
    private int told;
    private long operations;
    private long longest;
    private String slowest = "";

    /** Counts. */
    public static final class Tally {
        private int count;

        public int tell() {
            return ++count;
        }
    }

    public static int twice(int number) {
        return 2 * number;
    }

    public static byte[] bytes(int seed) {
        byte[] bytes = new byte[LARGE];
        Arrays.fill(bytes, (byte) seed);
        return bytes;
    }

    public static int sum(byte[] bytes) {
        int sum = 0;
        for (byte one : bytes) {
            sum += one;
        }
        return sum;
    }

    private <T> void check(String what, T expected, Supplier<T> operation) {
        long start = System.nanoTime();
        T result = operation.get();
        long nanos = System.nanoTime() - start;
        if (!expected.equals(result)) {
            throw new IllegalStateException(what + " gave " + result + ", expected " + expected);
        }
        if (nanos > longest) {
            longest = nanos;
            slowest = what;
        }
        operations++;
    }

    private void round(int number) {
        int seed = number % 100;
        check("task", 2 * number, () -> Ray.task(Juggle::twice, number).remote().get());
        check("call", ++told, () -> tally.task(Tally::tell).remote().get());
        check("object", LARGE * seed, () -> sum(Ray.put(bytes(seed)).get()));
        check(
                "result",
                LARGE * seed,
                () -> sum(Ray.task(Juggle::bytes, seed).remote().get()));
        check(
                "argument",
                LARGE * seed,
                () -> Ray.task(Juggle::sum, Ray.put(bytes(seed))).remote().get());
        check("wait", 4, () -> {
            List<ObjectRef<Integer>> refs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                refs.add(Ray.task(Juggle::twice, i).remote());
            }
            WaitResult<Integer> result = Ray.wait(refs, refs.size());
            return result.getReady().size();
        });
        if (number % ROUNDS_PER_ACTOR == 0) {
            System.gc();
        }
    }

    /** An actor's life, which starts a process: what it waits for first is that. */
    private void actor() {
        ActorHandle<Tally> actor = Ray.actor(Tally::new).remote();
        if (actor.task(Tally::tell).remote().get() != 1) {
            throw new IllegalStateException("a new actor counts from 1");
        }
        actor.kill();
    }

    private void keep() {
        for (int i = 0; i < KEPT; i++) {
            kept.add(Ray.put(bytes(i)));
        }
    }

    private void checkKept() {
        for (int i = 0; i < KEPT; i++) {
            int seed = i;
            check("kept object", LARGE * seed, () -> sum(kept.get(seed).get()));
        }
    }

    public static void main(String[] arguments) {
        Ray.init();
        Juggle juggle = new Juggle();
        juggle.keep();
        for (int i = 1; i < WARM_ROUNDS; i++) {
            juggle.round(i);
        }
        juggle.operations = 0;
        juggle.longest = 0;
        System.out.println("running");
        Path stop = Path.of(System.getProperty("juggle.stop"));
        int number = WARM_ROUNDS;
        for (; !Files.exists(stop); number++) {
            juggle.round(number);
            if (number % ROUNDS_PER_ACTOR == 0) {
                juggle.actor();
            }
        }
        juggle.checkKept();
        juggle.round(number); // whoever stopped the store and then this program may count on it that it waits
        System.out.printf(
                "operations=%d longest=%.1f (%s)%n",
                juggle.operations, juggle.longest / NANOS_PER_MILLI, juggle.slowest);
        Ray.shutdown();
    }
}

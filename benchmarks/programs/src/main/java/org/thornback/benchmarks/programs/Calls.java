// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.programs;

import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.util.ArrayList;
import java.util.List;

/** What tasks and calls of actors cost, one at a time and many at once. */
final class Calls {
    private static final int TASKS_ONE_BY_ONE = 500;
    private static final int TASKS_AT_ONCE = 5_000;
    private static final int CALLS_ONE_BY_ONE = 1_000;
    private static final int CALLS_AT_ONCE = 10_000;

    private Calls() {}

    static int one() {
        return 1;
    }

    static void tasks(int round) {
        long[] nanos = new long[TASKS_ONE_BY_ONE];
        for (int i = 0; i < nanos.length; i++) {
            long begin = System.nanoTime();
            Ray.task(Calls::one).remote().get();
            nanos[i] = System.nanoTime() - begin;
        }
        Figures.printMedianMicros("task.sync", round, nanos);
        long begin = System.nanoTime();
        List<ObjectRef<Integer>> all = new ArrayList<>(TASKS_AT_ONCE);
        for (int i = 0; i < TASKS_AT_ONCE; i++) {
            all.add(Ray.task(Calls::one).remote());
        }
        Ray.get(all);
        Figures.printRate("task.async", round, TASKS_AT_ONCE, System.nanoTime() - begin);
    }

    static void actors(int rounds) {
        ActorHandle<Counter> counter = Ray.actor(Counter::new).remote();
        counter.task(Counter::next).remote().get();
        for (int round = 0; round <= rounds; round++) {
            actor(counter, round);
        }
        counter.kill();
    }

    private static void actor(ActorHandle<Counter> counter, int round) {
        long[] nanos = new long[CALLS_ONE_BY_ONE];
        for (int i = 0; i < nanos.length; i++) {
            long begin = System.nanoTime();
            counter.task(Counter::next).remote().get();
            nanos[i] = System.nanoTime() - begin;
        }
        Figures.printMedianMicros("actor.sync", round, nanos);
        long begin = System.nanoTime();
        List<ObjectRef<Integer>> all = new ArrayList<>(CALLS_AT_ONCE);
        for (int i = 0; i < CALLS_AT_ONCE; i++) {
            all.add(counter.task(Counter::next).remote());
        }
        Ray.get(all);
        Figures.printRate("actor.async", round, CALLS_AT_ONCE, System.nanoTime() - begin);
    }

    /** The least an actor can do. */
    static final class Counter {
        private int value;

        int next() {
            value++;
            return value;
        }
    }
}

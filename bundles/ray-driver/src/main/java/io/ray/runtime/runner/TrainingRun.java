// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package io.ray.runtime.runner;

import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.api.exception.RayException;
import java.util.ArrayList;
import java.util.List;

/**
 * A driver that uses a little of everything, so that the JVM learns which classes a node and its workers need.
 *
 * <p>Run by {@code ray prepare}. Its last tasks end their worker in order: only then does a JVM write down what it learned.
 */
public final class TrainingRun {
    private static final int TASKS = 200;
    private static final int LARGE = 256 * 1024;

    private TrainingRun() {}

    /**
     * Uses the cluster at {@code ray.address}.
     *
     * @param arguments none.
     */
    public static void main(String[] arguments) {
        Ray.init();
        try {
            tasks();
            objects();
            actors();
            endWorkers();
        } finally {
            Ray.shutdown();
        }
    }

    private static void tasks() {
        List<ObjectRef<Integer>> squares = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            squares.add(Ray.task(TrainingRun::square, i).remote());
        }
        Ray.wait(squares, TASKS / 2, 1_000);
        Ray.get(squares);
        try {
            Ray.task(TrainingRun::fail, "trained").remote().get();
        } catch (RayException expected) {
            expected.getMessage();
        }
    }

    private static void objects() {
        ObjectRef<String> small = Ray.put("small");
        ObjectRef<byte[]> large = Ray.put(new byte[LARGE]);
        Ray.task(TrainingRun::length, large).remote().get();
        Ray.task(TrainingRun::bytes, LARGE).remote().get();
        small.get();
        large.get();
    }

    private static void actors() {
        ActorHandle<Counter> counter = Ray.actor(Counter::new).remote();
        for (int i = 0; i < TASKS / 4; i++) {
            counter.task(Counter::next).remote();
        }
        counter.task(Counter::next).remote().get();
        counter.kill();
    }

    private static void endWorkers() {
        try {
            Ray.task(TrainingRun::end).remote().get();
        } catch (RayException expected) {
            expected.getMessage();
        }
    }

    private static int square(int number) {
        return number * number;
    }

    private static int length(byte[] bytes) {
        return bytes.length;
    }

    private static byte[] bytes(int length) {
        return new byte[length];
    }

    private static int fail(String message) {
        throw new IllegalStateException(message);
    }

    private static int end() {
        System.exit(0);
        return 0;
    }

    /** Counts. */
    private static final class Counter {
        private int value;

        int next() {
            value++;
            return value;
        }
    }
}

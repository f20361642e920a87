// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.programs;

import io.ray.api.Ray;

/**
 * A driver that asks a cluster of its own what a program feels: how soon it is there, what a call and an object cost, how soon
 * it is gone. Knows Ray's API alone, so that the same bytes run on the peer.
 *
 * <p>Arguments: how many rounds after the warm-up, and the bytes the object store has.
 */
public final class RayProgram {

    private RayProgram() {}

    /**
     * Measures.
     *
     * @param arguments number of rounds, capacity of the object store in bytes.
     */
    public static void main(String[] arguments) {
        int rounds = Integer.parseInt(arguments[0]);
        long capacity = Long.parseLong(arguments[1]);
        long begin = System.nanoTime();
        Ray.init();
        Figures.printSeconds("init", System.nanoTime() - begin);
        begin = System.nanoTime();
        Ray.task(Calls::one).remote().get();
        Figures.print("first-task", 1, (System.nanoTime() - begin) / 1e6);
        for (int round = 0; round <= rounds; round++) {
            Calls.tasks(round);
        }
        Calls.actors(rounds);
        Objects.fresh();
        Objects.small(rounds);
        Objects.recycled(rounds, capacity);
        begin = System.nanoTime();
        Ray.shutdown();
        Figures.printSeconds("shutdown", System.nanoTime() - begin);
    }
}

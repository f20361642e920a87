// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.raylet;

/** What a driver's user sees of workers and cluster. Called on the polling thread. */
public interface WorkerOutput {

    /** For workers: nobody sees it. */
    WorkerOutput NONE = new WorkerOutput() {};

    /**
     * A worker printed.
     *
     * @param pid         of the worker.
     * @param address     of its node.
     * @param errorStream standard error rather than standard output.
     * @param lines       complete lines.
     */
    default void printed(int pid, String address, boolean errorStream, String lines) {}

    /**
     * The raylet has a sentence for the user.
     *
     * @param text one sentence.
     */
    default void notice(String text) {}
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package io.ray.runtime.runner.worker;

import io.ray.api.Ray;

/**
 * Main class of a worker process. A node starts it; by hand it does nothing useful.
 *
 * <p>Everything it needs to know stands in system properties; its standard input ends when its node does.
 */
public final class DefaultWorker {
    private DefaultWorker() {}

    /**
     * Joins the node and works until told to end.
     *
     * @param arguments none.
     */
    public static void main(String[] arguments) {
        System.setProperty("ray.worker.mode", "WORKER");
        Ray.init();
        ((Runnable) Ray.internal()).run();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.programs;

import io.ray.api.Ray;

/** The smallest program: connects, runs a task, tells what it learned, ends. */
public final class FirstTask {
    private FirstTask() {}

    static int multiply(int a, int b) {
        return a * b;
    }

    static String aboutWorker() {
        return "worker pid=" + ProcessHandle.current().pid() + " omp=" + System.getenv("OMP_NUM_THREADS") + " option="
                + System.getProperty("given.option");
    }

    public static void main(String[] arguments) {
        Ray.init();
        System.out.println(
                "answer=" + Ray.task(FirstTask::multiply, 6, 7).remote().get());
        System.out.println(Ray.task(FirstTask::aboutWorker).remote().get());
        System.out.println("session=" + System.getProperty("ray.session-dir"));
        Ray.getRuntimeContext()
                .getAllNodeInfo()
                .forEach(node -> node.resources.forEach(
                        (name, amount) -> System.out.println("resource " + name + "=" + amount)));
        Ray.shutdown();
        System.out.println("ended");
    }
}

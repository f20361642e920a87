// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.programs;

import io.ray.api.Ray;
import io.ray.api.exception.RayException;

/** Runs a task whose class its workers cannot find, if the code search path says so. */
public final class Outsider {
    private Outsider() {}

    static int answer() {
        return 42;
    }

    public static void main(String[] arguments) {
        Ray.init();
        try {
            System.out.println("answer=" + Ray.task(Outsider::answer).remote().get());
        } catch (RayException e) {
            System.out.println("failed: " + e.getMessage() + " because " + e.getCause());
        }
        Ray.shutdown();
    }
}

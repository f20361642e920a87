// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.programs;

import io.ray.api.Ray;

/** Lets a task say what a class says that only the job's code search path has. */
public final class Sayer {
    private Sayer() {}

    /** A task. */
    public static String say() throws ReflectiveOperationException {
        return (String) Class.forName("words.Words").getMethod("say").invoke(null);
    }

    public static void main(String[] arguments) {
        Ray.init();
        for (int i = 0; i < 3; i++) {
            System.out.println("said " + Ray.task(Sayer::say).remote().get());
        }
        Ray.shutdown();
    }
}

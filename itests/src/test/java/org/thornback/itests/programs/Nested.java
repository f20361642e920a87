// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.programs;

import io.ray.api.Ray;
import io.ray.api.exception.RayException;
import java.util.concurrent.locks.LockSupport;

/** A task that waits in get for another one, which never ends; the driver tells what becomes of it, and goes on. */
public final class Nested {
    private Nested() {}

    static int inner() {
        System.out.println("inner pid=" + ProcessHandle.current().pid());
        while (true) {
            LockSupport.park();
        }
    }

    static int outer() {
        System.out.println("outer pid=" + ProcessHandle.current().pid());
        return Ray.task(Nested::inner).remote().get();
    }

    static int answer() {
        return 42;
    }

    public static void main(String[] arguments) {
        Ray.init();
        try {
            Ray.task(Nested::outer).remote().get();
        } catch (RayException e) {
            System.out.println("lost: " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        System.out.println("then: " + Ray.task(Nested::answer).remote().get());
        Ray.shutdown();
    }
}

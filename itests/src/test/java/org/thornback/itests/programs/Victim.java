// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.programs;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.api.exception.RayException;
import java.util.concurrent.locks.LockSupport;

/** A task that says its process id and never ends; the driver tells what becomes of it, and of another task after that. */
public final class Victim {
    private Victim() {}

    static int park() {
        System.out.println("parked pid=" + ProcessHandle.current().pid());
        while (true) {
            LockSupport.park();
        }
    }

    static int answer() {
        return 42;
    }

    public static void main(String[] arguments) {
        Ray.init();
        ObjectRef<Integer> parked = Ray.task(Victim::park).remote();
        try {
            parked.get();
        } catch (RayException e) {
            System.out.println("lost: " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        System.out.println("then: " + Ray.task(Victim::answer).remote().get());
        Ray.shutdown();
    }
}

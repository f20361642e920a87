// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.programs;

import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.api.exception.RayException;
import java.util.concurrent.locks.LockSupport;

/** Gives an operator something to look at: an actor that is busy, a task that waits for ever, an object. It never ends. */
public final class Subject {
    private static final int SIZE = 1 << 20;

    private Subject() {}

    /** Lives in a worker. */
    static final class Guest {
        long pid() {
            return ProcessHandle.current().pid();
        }

        long busy() {
            System.out.println("busy pid=" + pid());
            while (true) {
                LockSupport.park();
            }
        }
    }

    static int answer() {
        return 42;
    }

    static int succeed() {
        return 1;
    }

    static int fail() {
        throw new IllegalStateException("as it should");
    }

    static int sum(int one) {
        return one;
    }

    public static void main(String[] arguments) {
        Ray.init();
        ObjectRef<byte[]> object = Ray.put(new byte[SIZE]);
        System.out.println(
                "once=" + Ray.task(Subject::succeed).setName("once").remote().get());
        try {
            Ray.task(Subject::fail).remote().get();
        } catch (RayException e) {
            System.out.println("failed");
        }
        ActorHandle<Guest> guest =
                Ray.actor(Guest::new).setName("guest").setResource("CPU", 1.0).remote();
        System.out.println("guest=" + guest.task(Guest::pid).remote().get());
        ObjectRef<Integer> never =
                Ray.task(Subject::answer).setResource("Nowhere", 2.0).remote();
        ObjectRef<Integer> later =
                Ray.task(Subject::sum, never).setName("later").remote();
        try {
            System.out.println(guest.task(Guest::busy).remote().get());
        } catch (RayException e) {
            System.out.println("lost: " + e.getClass().getSimpleName());
        }
        System.out.println("never=" + later.get() + object.get().length);
    }
}

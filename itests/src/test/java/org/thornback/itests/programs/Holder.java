// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.programs;

import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.api.exception.RayException;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds an actor, a running task and a large object; tells what becomes of the task, and tries another one after that.
 * It stays until it is killed.
 */
public final class Holder {
    private static final int LARGE = 64 << 20;

    private Holder() {}

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

    public static void main(String[] arguments) {
        Ray.init();
        ObjectRef<byte[]> large = Ray.put(new byte[LARGE]);
        ActorHandle<Guest> guest = Ray.actor(Guest::new).remote();
        System.out.println("guest=" + guest.task(Guest::pid).remote().get());
        System.out.println("session=" + System.getProperty("ray.session-dir"));
        ObjectRef<Long> busy = guest.task(Guest::busy).remote();
        System.out.println("holding " + large.get().length);
        try {
            busy.get();
        } catch (RayException e) {
            System.out.println("lost: " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        try {
            System.out.println("then: " + Ray.task(Holder::answer).remote().get());
        } catch (RayException e) {
            System.out.println("then: " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        while (true) {
            LockSupport.park();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.programs;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;

/** Starts and ends a cluster of its own twice in one JVM, and calls Ray where it must not. */
public final class InitAgain {
    private InitAgain() {}

    static long pid() {
        return ProcessHandle.current().pid();
    }

    public static void main(String[] arguments) {
        callWhileDown();
        for (int round = 1; round <= 2; round++) {
            Ray.init();
            Ray.init();
            ObjectRef<byte[]> large = Ray.put(new byte[1 << 20]);
            System.out.println("round=" + round + " initialized=" + Ray.isInitialized() + " bytes=" + large.get().length
                    + " worker=" + (Ray.task(InitAgain::pid).remote().get() != pid()));
            Ray.shutdown();
            Ray.shutdown();
            System.out.println("initialized=" + Ray.isInitialized());
            callWhileDown();
        }
    }

    private static void callWhileDown() {
        try {
            Ray.put(1);
        } catch (IllegalStateException e) {
            System.out.println("down: " + e.getMessage());
        }
    }
}

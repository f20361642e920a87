// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.programs;

import io.ray.api.Ray;
import java.util.concurrent.locks.LockSupport;

/** A task speaks; the driver stays until it is killed. */
public final class Speaker {
    private Speaker() {}

    static long speak() {
        System.out.println("spoken to standard output");
        System.err.println("spoken to standard error");
        return ProcessHandle.current().pid();
    }

    public static void main(String[] arguments) {
        Ray.init();
        System.out.println("speaker=" + Ray.task(Speaker::speak).remote().get());
        while (true) {
            LockSupport.park();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

/** How a worker process ended, in words. */
final class WorkerEnd {
    private static final int SIGNAL_BASE = 128;
    private static final int SIGKILL = 9;

    private WorkerEnd() {}

    static String describe(int status) {
        if (status == SIGNAL_BASE + SIGKILL) {
            return "signal 9 (killed, perhaps by the kernel for want of memory)";
        }
        return status > SIGNAL_BASE ? "signal " + (status - SIGNAL_BASE) : "exit status " + status;
    }
}

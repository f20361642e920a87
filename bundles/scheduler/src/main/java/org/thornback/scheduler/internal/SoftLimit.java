// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.scheduler.internal;

/**
 * How many tasks without resources run at once: one for each CPU. Those that wait do not count, so they do not keep others
 * from starting. One more may start all the same, and then none until there is room again. Owned by its scheduler.
 */
final class SoftLimit {
    private int cpus = 1;
    private int running;

    void cpus(int count) {
        cpus = Math.max(1, count);
    }

    boolean hasRoom() {
        return running < cpus;
    }

    void started() {
        running++;
    }

    void ended() {
        running--;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.raylet;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Collects garbage when the store is short of room: an object stays in the store until its last reference is found
 * unreachable, and a process that allocates little may not look for a long time.
 *
 * <p>Safe from any thread; runs on a thread of its own, at most one at a time.
 */
final class GarbageCollector {
    private final AtomicBoolean running = new AtomicBoolean();

    /** Begins a collection unless one runs. */
    void collect() {
        if (running.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("ray-gc").start(() -> {
                try {
                    System.gc();
                } finally {
                    running.set(false);
                }
            });
        }
    }
}

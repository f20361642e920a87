// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.thornback.plasma.shm.internal.ShmBackend;

/** A store alone in a JVM, for looking at it from outside. */
final class StoreProcess {
    private StoreProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path socket = Path.of(arguments[0]);
        long capacity = Long.parseLong(arguments[1]);
        PlasmaStore store = PlasmaStore.start(
                new StoreConfig(socket, capacity, Duration.ofSeconds(5)),
                new ShmBackend(new LinuxMemoryFiles(), Optional.empty()));
        Runtime.getRuntime().addShutdownHook(new Thread(store::close));
        Thread.currentThread().join();
    }
}

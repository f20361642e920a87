// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.thornback.api.store.StoreCounter;
import org.thornback.plasma.shm.internal.ShmBackend;
import org.thornback.testkit.Await;

/** A store in shared memory with its socket in a directory of its own. */
final class StoreFixture implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private final Path directory;
    final Path socket;
    final PlasmaStore store;

    StoreFixture(long capacity) {
        this(capacity, PATIENCE);
    }

    StoreFixture(long capacity, Duration patience) {
        try {
            directory = Files.createTempDirectory("store");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        socket = directory.resolve("plasma_store");
        store = PlasmaStore.start(
                new StoreConfig(socket, capacity, patience), new ShmBackend(new LinuxMemoryFiles(), Optional.empty()));
    }

    TestClient connect() {
        try {
            return new TestClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long counter(StoreCounter counter) {
        return store.statistics().value(counter);
    }

    void awaitCounter(StoreCounter counter, long value) {
        Await.await(() -> counter(counter) == value, () -> counter + "=" + counter(counter) + ", expected " + value);
    }

    static <T> T now(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        store.close();
        try {
            Files.delete(directory); // fails when the store left its socket
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

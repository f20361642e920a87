// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.thornback.api.store.PlasmaId;
import org.thornback.testkit.Await;

/** A client that puts, reads and deletes on a thread of its own, and must not notice what becomes of others. */
final class HealthyClient implements Closeable {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private final AtomicLong rounds = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean ending;

    HealthyClient(StoreFixture fixture) {
        thread = Thread.ofPlatform().start(() -> work(fixture));
        awaitRounds(1);
    }

    private void work(StoreFixture fixture) {
        try (TestClient client = fixture.connect()) {
            while (!ending) {
                long begin = System.nanoTime();
                PlasmaId mine = new PlasmaId(rounds.get(), 77, 77);
                assertThat(client.put(mine, new byte[100])).isTrue();
                assertThat(client.locate(mine)).isTrue();
                assertThat(client.read(mine)).hasSize(100);
                assertThat(client.read(TestClient.id(1))).containsOnly(1);
                assertThat(client.delete(mine)).isEqualTo(1);
                longest.accumulateAndGet(System.nanoTime() - begin, Math::max);
                rounds.incrementAndGet();
            }
        } catch (IOException | RuntimeException | Error e) {
            failure.set(e);
        }
    }

    /** Waits until it has done that many rounds more. */
    void awaitRounds(int count) {
        long until = rounds.get() + count;
        Await.await(() -> rounds.get() >= until || failure.get() != null, () -> "the healthy client is stuck");
    }

    @Override
    public void close() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(failure.get()).isNull();
        assertThat(Duration.ofNanos(longest.get())).as("longest round").isLessThan(LONGEST);
    }
}

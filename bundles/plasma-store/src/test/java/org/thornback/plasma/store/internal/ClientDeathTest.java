// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thornback.plasma.store.internal.StoreFixture.now;
import static org.thornback.plasma.store.internal.TestClient.id;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thornback.api.store.StoreCounter;
import org.thornback.api.store.WritableObject;
import org.thornback.testkit.Await;

/** Real client processes, killed at the worst moments; a client of this process works meanwhile. */
@Timeout(60)
class ClientDeathTest {
    private static final long CAPACITY = 8L << 20;
    private static final int ROUNDS = 12;
    private final StoreFixture fixture = new StoreFixture(CAPACITY, Duration.ofSeconds(20));
    private final List<Process> children = new ArrayList<>();

    @AfterEach
    void end() throws IOException {
        for (Process child : children) {
            child.destroyForcibly();
        }
        fixture.close();
    }

    private Process start(long number, String deeds) throws IOException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingClient.class.getName(),
                        fixture.socket.toString(),
                        Long.toString(number),
                        deeds)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        children.add(child);
        return child;
    }

    private static void awaitReady(Process child) throws IOException {
        assertThat(child.inputReader().readLine()).isEqualTo("ready");
    }

    private static void kill(Process child) throws IOException {
        try {
            assertThat(child.destroyForcibly().waitFor(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    private void put(long number, int size) {
        try (WritableObject object = now(fixture.store.create(id(number), size, 0))) {
            object.data().fill((byte) number);
            object.seal();
        }
    }

    private void awaitEnd(long used) {
        fixture.awaitCounter(StoreCounter.CLIENTS, 1);
        fixture.awaitCounter(StoreCounter.USED_BYTES, used);
        assertThat(fixture.counter(StoreCounter.CREATED_OBJECTS)).isZero();
        assertThat(fixture.counter(StoreCounter.CONDUCTOR_ERRORS_TOTAL)).isZero();
    }

    @Test
    void shouldCostNobodyElseAnythingWhenClientsAreKilledInTheMiddleOfEverything() throws IOException {
        put(1, 1 << 20);
        TestClient healthy = fixture.connect();
        long descriptors = descriptors();
        String[] deeds = {
            "create", "seal", "pin,ask", "put,claim", "claim,create,pin", "create,doom", "create,seal,put,claim,pin"
        };
        List<Process> clients = new ArrayList<>();
        for (int i = 0; i < deeds.length; i++) {
            clients.add(start(1000L * (i + 1), deeds[i]));
        }
        for (Process client : clients) {
            awaitReady(client);
        }
        fixture.awaitCounter(StoreCounter.CLIENTS, 2 + deeds.length);
        long before = System.nanoTime();
        for (Process client : clients) {
            kill(client);
            healthy.put(id(50), new byte[10]);
            assertThat(healthy.locate(id(50))).isTrue();
            assertThat(healthy.delete(id(50))).isEqualTo(1);
            assertThat(healthy.read(id(1))).hasSize(1 << 20).containsOnly(1);
        }
        fixture.awaitCounter(StoreCounter.CLIENTS, 2);
        Await.await(() -> descriptors() <= descriptors, () -> "descriptors of dead clients are still open");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(now(fixture.store.contains(id(4003))))
                .as("put before the death")
                .isTrue();
        assertThat(now(fixture.store.contains(id(4004))))
                .as("claimed, never committed")
                .isFalse();
        now(fixture.store.delete(TestClient.ids(1, 10_000)));
        healthy.close();
        awaitEnd(0);
        put(2, (int) CAPACITY); // in one piece: nothing is left anywhere
    }

    @Test
    void shouldCostNobodyElseAnythingWhateverClientsWereDoingWhenTheyWereKilled() throws IOException {
        put(1, 1 << 20);
        fixture.store.hold(List.of(id(1)), "test");
        long used = fixture.counter(StoreCounter.USED_BYTES);
        SplittableRandom random = new SplittableRandom(7);
        long descriptors = descriptors();
        try (HealthyClient healthy = new HealthyClient(fixture)) {
            Process next = startRestless(1);
            for (int round = 2; round <= ROUNDS; round++) {
                Process client = next;
                next = startRestless(round); // lives on while the other dies
                awaitReady(client);
                long moment = fixture.counter(StoreCounter.CREATED_TOTAL) + random.nextInt(500);
                Await.await(
                        () -> fixture.counter(StoreCounter.CREATED_TOTAL) >= moment || !client.isAlive(),
                        () -> "the clients do not work");
                assertThat(client.isAlive()).as("alive until it is killed").isTrue();
                kill(client);
            }
            awaitReady(next);
            kill(next);
            long death = System.nanoTime();
            fixture.awaitCounter(StoreCounter.CLIENTS, 2);
            healthy.awaitRounds(5);
            assertThat(Duration.ofNanos(System.nanoTime() - death)).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(now(fixture.store.evict(Long.MAX_VALUE)))
                .as("finished and left")
                .isNotNegative();
        awaitEnd(used);
        fixture.awaitCounter(StoreCounter.LEAVING_OBJECTS, 0);
        Await.await(() -> descriptors() <= descriptors, () -> "descriptors of dead clients are still open");
        now(fixture.store.delete(List.of(id(1))));
        put(2, (int) CAPACITY); // in one piece: nothing is left anywhere
    }

    private Process startRestless(int round) throws IOException {
        return start(round * 100_000_000L, RestlessClient.DEED);
    }

    @Test
    void shouldFreeWhatTheDeadPinnedAndServeWhoWaitsForIt() throws IOException {
        put(1, (int) CAPACITY);
        Process client = start(1000, "pin");
        awaitReady(client);
        now(fixture.store.delete(List.of(id(1))));
        var waiting = fixture.store.create(id(2), CAPACITY, 0).toCompletableFuture();
        assertThat(now(fixture.store.contains(id(1)))).isFalse();
        assertThat(waiting).as("the bytes are still pinned").isNotDone();
        kill(client);
        now(waiting).close();
        awaitEnd(0);
    }

    @Test
    void shouldEvictWhatTheDeadLeftUnclaimedOnlyAfterTheirDeath() throws IOException {
        Process client = start(1000, "seal");
        awaitReady(client);
        assertThat(now(fixture.store.evict(1))).as("its holder may still come").isZero();
        kill(client);
        fixture.awaitCounter(StoreCounter.CLIENTS, 1);
        assertThat(now(fixture.store.evict(1))).isPositive();
        awaitEnd(0);
    }
}

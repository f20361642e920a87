// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thornback.plasma.store.internal.TestClient.id;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.StoreCounter;
import org.thornback.layout.StoreProtocol;
import org.thornback.layout.arrow.ArrowProtocol;
import org.thornback.testkit.Await;

/** Whoever sends rubbish loses that connection; a healthy client works all the time and notices nothing. */
@Timeout(120)
class MalformedInputTest {
    private static final int INTERACTIONS = 100_000;
    private static final long SEED = 20_26;
    private static final PlasmaId THERE = id(1);

    private final StoreFixture fixture = new StoreFixture(16L << 20, Duration.ofMillis(300));
    private final AtomicLong rounds = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean ending;
    private Thread healthy;
    private long descriptors;

    @BeforeEach
    void startHealthyClient() throws IOException {
        try (ArrowWire wire = new ArrowWire(fixture.socket)) {
            wire.send(ArrowWire.createAndSeal(THERE, new byte[1000]));
            wire.receive(ArrowProtocol.CREATE_AND_SEAL + 1);
        }
        fixture.store.hold(List.of(THERE), "test");
        fixture.awaitCounter(StoreCounter.CLIENTS, 1);
        descriptors = descriptors();
        healthy = Thread.ofPlatform().start(this::workHealthily);
        Await.await(() -> rounds.get() > 10 || failure.get() != null, () -> "the healthy client does not work");
    }

    private void workHealthily() {
        try (ArrowWire arrow = new ArrowWire(fixture.socket);
                TestClient ours = fixture.connect()) {
            while (!ending) {
                PlasmaId mine = new PlasmaId(rounds.incrementAndGet(), 77, 77);
                long begin = System.nanoTime();
                fixture.store.hold(List.of(mine), "test"); // others may ask for evictions, and are right
                arrow.send(ArrowWire.createAndSeal(mine, new byte[100]));
                assertThat(arrow.receive(ArrowProtocol.CREATE_AND_SEAL + 1).getInt(0))
                        .isZero();
                assertThat(ours.locate(mine)).isTrue();
                assertThat(ours.read(mine)).hasSize(100);
                assertThat(ours.delete(mine)).isEqualTo(1);
                assertThat(arrow.contains(mine)).isFalse();
                assertThat(arrow.contains(THERE)).isTrue();
                longest.accumulateAndGet(System.nanoTime() - begin, Math::max);
            }
        } catch (IOException | RuntimeException | Error e) {
            failure.set(e);
        }
    }

    @AfterEach
    void end() throws InterruptedException, IOException {
        long before = rounds.get();
        Await.await(() -> rounds.get() > before || failure.get() != null, () -> "the healthy client is stuck");
        ending = true;
        healthy.join();
        assertThat(failure.get()).isNull();
        fixture.awaitCounter(StoreCounter.CLIENTS, 1);
        assertThat(fixture.counter(StoreCounter.CONDUCTOR_ERRORS_TOTAL)).isZero();
        assertThat(fixture.counter(StoreCounter.CREATED_OBJECTS)).isZero();
        Await.await(() -> descriptors() <= descriptors, () -> "descriptors are left of dropped connections");
        fixture.close();
        assertThat(Duration.ofNanos(longest.get()))
                .as("longest round of the healthy client")
                .isLessThan(Duration.ofSeconds(5));
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    @Test
    void shouldSurviveHundredThousandMalformedInteractions() throws IOException {
        Random random = new Random(SEED);
        List<byte[]> good = goodFrames();
        for (int done = 0; done < INTERACTIONS; done++) {
            try (ArrowWire wire = new ArrowWire(fixture.socket)) {
                wire.send(malformed(random, good.get(random.nextInt(good.size()))));
            } catch (IOException e) {
                assertThat(e)
                        .hasMessageMatching("Broken pipe|Connection reset.*"); // dropped while it was still sending
            }
            if (failure.get() != null) {
                return;
            }
        }
        Await.await(
                () -> fixture.counter(StoreCounter.PROTOCOL_ERRORS_TOTAL) > INTERACTIONS / 3,
                () -> "protocol errors=" + fixture.counter(StoreCounter.PROTOCOL_ERRORS_TOTAL));
    }

    private static List<byte[]> goodFrames() {
        List<byte[]> frames = new ArrayList<>(List.of(
                ArrowWire.createAndSeal(id(5), new byte[200]),
                ArrowWire.create(id(6), 5000),
                ArrowWire.get(0, THERE, id(7), id(8)),
                ArrowWire.get(50, THERE, id(7))));
        for (int type = 0; type <= ArrowProtocol.LAST_TYPE; type++) {
            frames.add(ArrowWire.ofId(type, THERE));
            frames.add(ArrowWire.empty(type));
        }
        for (int type = StoreProtocol.OPEN; type <= StoreProtocol.SEALED_NOW; type++) {
            frames.add(ArrowWire.frame(type, new byte[32]));
        }
        frames.removeIf(frame -> isDelete(frame)); // would delete what the healthy client looks at
        return frames;
    }

    private static boolean isDelete(byte[] frame) {
        long type = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).getLong(StoreProtocol.TYPE_FIELD);
        return type == ArrowProtocol.DELETE;
    }

    private static byte[] malformed(Random random, byte[] good) {
        byte[] bytes = good.clone();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (random.nextInt(7)) {
            case 0 -> {
                bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
            }
            case 1 -> buffer.putLong(0, random.nextLong());
            case 2 -> buffer.putLong(StoreProtocol.LENGTH_FIELD, random.nextLong() >>> random.nextInt(64));
            case 3 -> buffer.putLong(StoreProtocol.TYPE_FIELD, random.nextInt(60));
            case 4 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 5 -> {
                int length = random.nextInt(bytes.length - StoreProtocol.HEADER_LENGTH + 1);
                bytes = Arrays.copyOf(bytes, StoreProtocol.HEADER_LENGTH + length);
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(StoreProtocol.LENGTH_FIELD, length);
            }
            default -> {
                for (int i = random.nextInt(8); i >= 0; i--) {
                    int place = random.nextInt(bytes.length);
                    bytes[place] =
                            (byte) (random.nextBoolean() ? random.nextInt() : bytes[place] ^ 1 << random.nextInt(8));
                }
            }
        }
        return bytes.length >= StoreProtocol.HEADER_LENGTH && isDelete(bytes) ? new byte[3] : bytes;
    }

    @Test
    void shouldNotWaitForAClientThatNeverReads() throws IOException {
        for (int i = 0; i < 2000; i++) {
            try (ArrowWire wire = new ArrowWire(fixture.socket)) {
                wire.send(ArrowWire.createAndSeal(id(1000 + i), new byte[0]));
                wire.receive(ArrowProtocol.CREATE_AND_SEAL + 1);
            }
        }
        List<ArrowWire> silent = new ArrayList<>();
        long before = rounds.get();
        for (int i = 0; i < 20; i++) {
            ArrowWire wire = new ArrowWire(fixture.socket);
            silent.add(wire);
            for (int request = 0; request < 10; request++) { // more than a socket takes: each answer has 200 KB
                wire.send(ArrowWire.empty(ArrowProtocol.LIST));
            }
        }
        Await.await(() -> rounds.get() > before + 500, () -> "the healthy client waits for one that never reads");
        for (ArrowWire wire : silent) {
            for (int request = 0; request < 10; request++) {
                assertThat(wire.receive(ArrowProtocol.LIST + 1).has(0))
                        .as("whoever reads late gets all")
                        .isTrue();
            }
            wire.close();
        }
        fixture.store.delete(TestClient.ids(1000, 3000));
    }

    @Test
    void shouldLetThoseWhoHoardPayAndNobodyElse() throws IOException {
        List<ArrowWire> hoarding = new ArrayList<>();
        byte[] request = ArrowWire.createAndSeal(id(9), new byte[1_000_000]);
        try (ArrowWire modest = new ArrowWire(fixture.socket)) {
            modest.send(Arrays.copyOf(request, 100_000));
            for (int i = 0; i < 40; i++) { // as much as all may have
                hoarding.add(hoard(5_000_000));
            }
            for (int i = 0; i < 200; i++) { // and what is left between
                hoarding.add(hoard(70_000));
            }
            Await.await(
                    () -> fixture.counter(StoreCounter.PROTOCOL_ERRORS_TOTAL) > 0, () -> "nobody has to pay for that");
            modest.send(Arrays.copyOfRange(request, 100_000, request.length));
            assertThat(modest.receive(ArrowProtocol.CREATE_AND_SEAL + 1).getInt(0))
                    .as("whoever wants little")
                    .isZero();
        }
        for (ArrowWire wire : hoarding) {
            wire.close();
        }
        fixture.store.delete(List.of(id(9)));
    }

    /** Somebody who sends a part of a long message and never the rest. */
    private ArrowWire hoard(int part) throws IOException {
        ArrowWire wire = new ArrowWire(fixture.socket);
        try {
            wire.send(Arrays.copyOf(ArrowWire.frame(0, ArrowProtocol.CREATE_AND_SEAL, 60_000_000, new byte[0]), part));
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("Broken pipe|Connection reset.*");
        }
        return wire;
    }

    @Test
    void shouldNotCareForThousandsOfConnections() throws IOException {
        List<ArrowWire> wires = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            ArrowWire wire = new ArrowWire(fixture.socket);
            wires.add(wire);
            switch (i % 4) {
                case 0 -> wire.send(new byte[] {0, 0, 0});
                case 1 -> wire.send(Arrays.copyOf(ArrowWire.frame(0, 9, 60_000_000, new byte[1000]), 900));
                case 2 -> wire.send(ArrowWire.get(-1, id(1_000_000 + i)));
                default -> {
                    // says nothing at all
                }
            }
        }
        long before = rounds.get();
        Await.await(() -> rounds.get() > before + 100, () -> "the healthy client is slowed down to a halt");
        for (ArrowWire wire : wires) {
            wire.close();
        }
    }

    @Test
    void shouldDropWhoDoesNotSendTheDescriptorItPromised() throws IOException {
        for (int i = 0; i < 100; i++) {
            try (ArrowWire wire = new ArrowWire(fixture.socket)) {
                wire.send(ArrowWire.empty(ArrowProtocol.SUBSCRIBE));
                wire.send(new byte[] {0});
                assertThat(wire.isEnded()).isTrue();
            }
        }
        fixture.awaitCounter(StoreCounter.PROTOCOL_ERRORS_TOTAL, 100);
    }

    @Test
    void shouldFinishTheAnswersOfOneWhoSendsByteByByte() throws IOException {
        try (ArrowWire wire = new ArrowWire(fixture.socket)) {
            for (byte one : ArrowWire.ofId(ArrowProtocol.CONTAINS, THERE)) {
                wire.send(new byte[] {one});
            }
            assertThat(wire.receive(ArrowProtocol.CONTAINS + 1).getInt(1)).isEqualTo(1);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thornback.plasma.store.internal.StoreFixture.now;
import static org.thornback.plasma.store.internal.TestClient.id;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.store.ObjectInfo;
import org.thornback.api.store.ReadableObject;
import org.thornback.api.store.Segment;
import org.thornback.api.store.StoreBackend;
import org.thornback.api.store.StoreCapacityException;
import org.thornback.api.store.StoreCounter;
import org.thornback.api.store.WritableObject;
import org.thornback.layout.arrow.ArrowProtocol;
import org.thornback.plasma.shm.internal.ShmBackend;
import org.thornback.testkit.Await;

@Timeout(60)
class BackendChangeTest {
    private static final int MIB = 1 << 20;
    private static final int SIZE = 200_000;
    private static final int OBJECTS = 150;

    @TempDir
    private Path directory;

    private StoreBackend other() {
        return new ShmBackend(new LinuxMemoryFiles(), Optional.of(directory));
    }

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[SIZE + seed];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7 + seed);
        }
        return bytes;
    }

    private static void put(PlasmaStore store, int number) {
        byte[] bytes = bytes(number);
        try (WritableObject object = now(store.create(id(number), bytes.length, 1))) {
            object.data().copyFrom(MemorySegment.ofArray(bytes));
            object.metadata().set(ValueLayout.JAVA_BYTE, 0, (byte) number);
            object.seal();
        }
        assertThat(now(store.contains(id(number)))).isTrue();
    }

    private static byte[] read(PlasmaStore store, int number) {
        try (ReadableObject object = store.get(id(number)).orElseThrow()) {
            assertThat(object.metadata()).containsExactly((byte) number);
            return object.data().toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private static void awaitMoved(StoreFixture fixture) {
        fixture.awaitCounter(StoreCounter.SEGMENTS, 1);
        assertThat(fixture.counter(StoreCounter.LEFT_BYTES)).isZero();
        assertThat(fixture.counter(StoreCounter.LEAVING_OBJECTS)).isZero();
        assertThat(fixture.counter(StoreCounter.CONDUCTOR_ERRORS_TOTAL)).isZero();
    }

    private static long segmentFiles() throws IOException {
        try (var links = Files.list(Path.of("/proc/self/fd"))) {
            return links.filter(link -> {
                        try {
                            String target = Files.readSymbolicLink(link).toString();
                            return target.startsWith("/memfd:shm") || target.contains("/#");
                        } catch (IOException closed) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    @Test
    void shouldBringEveryObjectAlongAndGiveTheOldMemoryBack() throws IOException {
        long before = segmentFiles();
        try (StoreFixture fixture = new StoreFixture(64L * MIB);
                TestClient client = fixture.connect()) {
            for (int i = 0; i < OBJECTS; i++) {
                put(fixture.store, i);
            }
            long used = fixture.counter(StoreCounter.USED_BYTES);
            fixture.store.use(other(), "");
            put(fixture.store, OBJECTS);
            awaitMoved(fixture);
            assertThat(fixture.counter(StoreCounter.MOVED_TOTAL)).isEqualTo(OBJECTS);
            assertThat(fixture.counter(StoreCounter.USED_BYTES))
                    .isEqualTo(used + StoreSegment.blockLength(SIZE + OBJECTS, 1));
            for (int i = 0; i <= OBJECTS; i++) {
                assertThat(read(fixture.store, i)).as("object %d", i).isEqualTo(bytes(i));
                assertThat(client.read(id(i))).as("object %d of a client", i).isEqualTo(bytes(i));
            }
            assertThat(now(fixture.store.list()))
                    .hasSize(OBJECTS + 1)
                    .extracting(ObjectInfo::segment)
                    .containsOnly(2);
            Await.await(() -> segmentFiles() == before + 1, () -> "the old segment is still open");
        }
    }

    @Test
    void shouldKeepBytesWhereSomebodyReadsThemUntilHeLetsGo() throws IOException {
        try (StoreFixture fixture = new StoreFixture(8L * MIB);
                TestClient reader = fixture.connect();
                ArrowWire arrow = new ArrowWire(fixture.socket)) {
            put(fixture.store, 1);
            put(fixture.store, 2);
            int entry = reader.pins.pin(id(1), reader.slot);
            MemorySegment segment = reader.segment(reader.slot.segment());
            long offset = reader.slot.dataOffset();
            arrow.send(ArrowWire.get(-1, id(2)));
            arrow.receive(ArrowProtocol.GET + 1);
            arrow.skipDescriptor();

            fixture.store.use(other(), "");
            fixture.awaitCounter(StoreCounter.MOVED_TOTAL, 2);
            fixture.awaitCounter(StoreCounter.LEAVING_OBJECTS, 2);
            assertThat(segment.asSlice(offset, SIZE + 1).toArray(ValueLayout.JAVA_BYTE))
                    .isEqualTo(bytes(1));
            assertThat(fixture.counter(StoreCounter.SEGMENTS)).isEqualTo(2);
            assertThat(now(fixture.store.list()))
                    .as("one of each, used by one")
                    .hasSize(2)
                    .extracting(ObjectInfo::pins)
                    .containsOnly(1);
            assertThat(now(fixture.store.evict(Long.MAX_VALUE))).as("evicted").isZero();
            arrow.send(ArrowWire.delete(id(2)));
            arrow.receive(ArrowProtocol.DELETE + 1);
            assertThat(now(fixture.store.contains(id(2)))).as("still used").isTrue();

            reader.pins.unpin(entry);
            fixture.awaitCounter(StoreCounter.LEAVING_OBJECTS, 1);
            arrow.send(ArrowWire.ofId(ArrowProtocol.RELEASE, id(2)));
            awaitMoved(fixture);
            assertThat(now(fixture.store.contains(id(2))))
                    .as("deleted once unused")
                    .isFalse();
            assertThat(read(fixture.store, 1)).isEqualTo(bytes(1));
        }
    }

    @Test
    void shouldKeepForAnArrowClientWhatItGetsAgainAfterItMoved() throws IOException {
        try (StoreFixture fixture = new StoreFixture(8L * MIB);
                TestClient ours = fixture.connect();
                ArrowWire arrow = new ArrowWire(fixture.socket)) {
            put(fixture.store, 1);
            ours.pins.unpin(ours.pins.pin(id(1), ours.slot));
            MemorySegment segment = ours.segment(ours.slot.segment());
            long offset = ours.slot.dataOffset();
            arrow.send(ArrowWire.get(-1, id(1)));
            arrow.receive(ArrowProtocol.GET + 1);
            arrow.skipDescriptor();
            fixture.store.use(other(), "");
            fixture.awaitCounter(StoreCounter.MOVED_TOTAL, 1);

            arrow.send(ArrowWire.get(-1, id(1)));
            arrow.receive(ArrowProtocol.GET + 1);

            assertThat(arrow.contains(id(1))).as("told of no other descriptor").isTrue();
            assertThat(now(fixture.store.list())).extracting(ObjectInfo::pins).containsExactly(1);
            assertThat(fixture.counter(StoreCounter.LEAVING_OBJECTS))
                    .as("bytes where Arrow's client looks")
                    .isEqualTo(1);
            assertThat(segment.asSlice(offset, SIZE + 1).toArray(ValueLayout.JAVA_BYTE))
                    .isEqualTo(bytes(1));
            assertThat(now(fixture.store.evict(Long.MAX_VALUE))).as("evicted").isZero();
            arrow.send(ArrowWire.ofId(ArrowProtocol.RELEASE, id(1)));
            awaitMoved(fixture);
            assertThat(read(fixture.store, 1)).isEqualTo(bytes(1));
        }
    }

    @Test
    void shouldLeaveWhatIsBeingWrittenAloneUntilItIsSealed() throws IOException {
        try (StoreFixture fixture = new StoreFixture(8L * MIB)) {
            WritableObject object = now(fixture.store.create(id(1), SIZE + 1, 1));
            fixture.store.use(other(), "");
            put(fixture.store, 2);
            assertThat(fixture.counter(StoreCounter.SEGMENTS)).isEqualTo(2);
            object.data().copyFrom(MemorySegment.ofArray(bytes(1)));
            object.metadata().set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
            object.seal();
            awaitMoved(fixture);
            assertThat(read(fixture.store, 1)).isEqualTo(bytes(1));
        }
    }

    @Test
    void shouldUseTheOldMemoryOnWhenTheNewCannotBeHad() {
        try (StoreFixture fixture = new StoreFixture(8L * MIB)) {
            put(fixture.store, 1);
            StoreBackend full = new StoreBackend() {
                @Override
                public String name() {
                    return "full";
                }

                @Override
                public long pageSize() {
                    return 4096;
                }

                @Override
                public Segment allocate(long length, long reserve) {
                    throw new StoreCapacityException("nothing is left");
                }
            };
            assertThatThrownBy(() -> fixture.store.use(full, "")).hasMessage("nothing is left");
            assertThat(fixture.store.statistics().backend()).isEqualTo("shm");
            put(fixture.store, 2);
            assertThat(read(fixture.store, 1)).isEqualTo(bytes(1));
        }
    }

    @Test
    void shouldEndUpInTheLastOfSeveralBackends() throws IOException {
        try (StoreFixture fixture = new StoreFixture(64L * MIB)) {
            for (int i = 0; i < OBJECTS; i++) {
                put(fixture.store, i);
            }
            fixture.store.hold(List.of(id(3)), "owner");
            for (int round = 0; round < 5; round++) {
                fixture.store.use(other(), "");
                fixture.store.delete(List.of(id(round + 10)));
            }
            awaitMoved(fixture);
            for (int i = 20; i < OBJECTS; i++) {
                assertThat(read(fixture.store, i)).as("object %d", i).isEqualTo(bytes(i));
            }
            assertThat(now(fixture.store.list()))
                    .hasSize(OBJECTS - 5)
                    .extracting(ObjectInfo::segment)
                    .containsOnly(6);
            assertThat(now(fixture.store.list()).stream().filter(info -> info.holders() == 1))
                    .hasSize(1);
        }
    }
}

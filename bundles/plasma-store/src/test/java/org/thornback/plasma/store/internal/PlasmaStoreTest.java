// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thornback.plasma.store.internal.StoreFixture.now;
import static org.thornback.plasma.store.internal.TestClient.id;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.InvalidInputException;
import org.thornback.api.store.ObjectExistsException;
import org.thornback.api.store.ObjectInfo;
import org.thornback.api.store.ObjectListener;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.ReadableObject;
import org.thornback.api.store.StoreCounter;
import org.thornback.api.store.StoreFullException;
import org.thornback.api.store.StoreGoneException;
import org.thornback.api.store.WritableObject;
import org.thornback.layout.StoreProtocol;
import org.thornback.layout.arrow.ArrowProtocol;
import org.thornback.plasma.shm.internal.ShmBackend;
import org.thornback.testkit.Await;

@Timeout(60)
class PlasmaStoreTest {
    private static final int MIB = 1 << 20;

    private static void put(PlasmaStore store, PlasmaId id, int size, int fill) {
        try (WritableObject object = now(store.create(id, size, 0))) {
            object.data().fill((byte) fill);
            object.seal();
        }
        assertThat(now(store.contains(id))).isTrue();
    }

    @Test
    void shouldShowWhatOneClientPutToAnother() throws IOException {
        try (StoreFixture fixture = new StoreFixture(8L * MIB);
                TestClient writer = fixture.connect();
                TestClient reader = fixture.connect()) {
            byte[] bytes = {1, 2, 3};
            writer.put(id(1), bytes);
            assertThat(reader.locate(id(1))).isTrue();
            assertThat(reader.read(id(1))).isEqualTo(bytes);
            TestClient.Place place = writer.create(id(2), 3 * MIB);
            assertThat(reader.locate(id(2))).as("not sealed yet").isFalse();
            place.segment().set(ValueLayout.JAVA_BYTE, place.offset() + 3 * MIB - 1, (byte) 77);
            writer.seal(id(2));
            Await.await(() -> reader.read(id(2)) != null, () -> "the sealed object is not seen");
            assertThat(reader.read(id(2))[3 * MIB - 1]).isEqualTo((byte) 77);
            assertThat(writer.create(id(2), 5)).as("exists").isNull();
        }
    }

    @Test
    void shouldFindWhatWasSealedBeforeItWasAskedForInWhateverOrderTheStoreReads() throws IOException {
        try (StoreFixture fixture = new StoreFixture(8L * MIB);
                TestClient writer = fixture.connect();
                TestClient reader = fixture.connect()) {
            writer.create(id(1), MIB);
            fixture.store.rest();
            reader.send(StoreProtocol.DOORBELL, 0); // has the reader's frames read before the writer's
            writer.seal(id(1));
            reader.sendLocate(id(1));
            fixture.store.goOn();
            assertThat(reader.located()).isTrue();
        }
    }

    @Test
    void shouldCountTheCapacityExactly() {
        try (StoreFixture fixture = new StoreFixture(64 * 1024)) {
            for (int i = 0; i < 1024; i++) {
                put(fixture.store, id(i), 64, i);
                fixture.store.hold(List.of(id(i)), "owner");
            }
            assertThat(fixture.counter(StoreCounter.USED_BYTES)).isEqualTo(64 * 1024);
            assertThatThrownBy(() -> now(fixture.store.create(id(2000), 1, 0)))
                    .isInstanceOf(StoreFullException.class)
                    .hasMessageContaining("used=65536 of object-store-memory=65536");
            fixture.store.delete(List.of(id(7)));
            put(fixture.store, id(2000), 1, 1);
            assertThat(fixture.counter(StoreCounter.REFUSED_TOTAL)).isEqualTo(1);
        }
    }

    @Test
    void shouldEvictWhatWasUsedLongestAgoAndNobodyHolds() {
        try (StoreFixture fixture = new StoreFixture(10 * 1024)) {
            for (int i = 0; i < 10; i++) {
                put(fixture.store, id(i), 1024, i);
            }
            fixture.store.hold(List.of(id(0)), "owner");
            fixture.store.get(id(1)).orElseThrow().close();
            put(fixture.store, id(100), 2048, 1);
            assertThat(fixture.store.get(id(0))).as("held").isPresent();
            assertThat(fixture.store.get(id(1))).as("used just now").isPresent();
            assertThat(fixture.store.get(id(2))).isEmpty();
            assertThat(fixture.store.get(id(3))).isEmpty();
            assertThat(fixture.store.get(id(4))).isPresent();
            assertThat(fixture.counter(StoreCounter.EVICTED_TOTAL)).isEqualTo(2);
        }
    }

    @Test
    void shouldKeepBytesWhileAnotherClientPinsThem() throws IOException {
        try (StoreFixture fixture = new StoreFixture(MIB);
                TestClient client = fixture.connect()) {
            put(fixture.store, id(1), 600 << 10, 42);
            int entry = client.pins.pin(id(1), client.slot);
            assertThat(entry).isNotNegative();
            assertThat(now(fixture.store.delete(List.of(id(1))))).isEqualTo(1);
            assertThat(now(fixture.store.contains(id(1))))
                    .as("gone for everybody else")
                    .isFalse();
            CompletableFuture<WritableObject> waiting =
                    fixture.store.create(id(2), 600 << 10, 0).toCompletableFuture();
            assertThatThrownBy(() -> now(waiting)).isInstanceOf(StoreFullException.class);
            assertThat(client.segment(client.slot.segment()).get(ValueLayout.JAVA_BYTE, client.slot.dataOffset()))
                    .isEqualTo((byte) 42);
            CompletableFuture<WritableObject> second =
                    fixture.store.create(id(2), 600 << 10, 0).toCompletableFuture();
            client.pins.unpin(entry);
            now(second).close();
            fixture.awaitCounter(StoreCounter.USED_BYTES, 0);
        }
    }

    @Test
    void shouldServeThoseWhoWaitForRoomInTheirOrder() {
        try (StoreFixture fixture = new StoreFixture(MIB, Duration.ofSeconds(20))) {
            put(fixture.store, id(1), MIB, 1);
            fixture.store.hold(List.of(id(1)), "owner");
            List<Integer> served = new ArrayList<>();
            CompletableFuture<Void> large = fixture.store
                    .create(id(2), 900 << 10, 0)
                    .thenAccept(object -> served.add(2))
                    .toCompletableFuture();
            CompletableFuture<Void> small = fixture.store
                    .create(id(3), 64, 0)
                    .thenAccept(object -> served.add(3))
                    .toCompletableFuture();
            assertThat(now(fixture.store.list())).hasSize(1);
            assertThat(small).as("a small one does not overtake").isNotDone();
            fixture.store.delete(List.of(id(1)));
            now(CompletableFuture.allOf(large, small));
            assertThat(served).containsExactly(2, 3);
        }
    }

    @Test
    void shouldRefuseWhatCanNeverFit() {
        try (StoreFixture fixture = new StoreFixture(MIB)) {
            assertThatThrownBy(() -> now(fixture.store.create(id(1), 2 * MIB, 0)))
                    .isInstanceOf(StoreFullException.class)
                    .hasMessageContaining("is larger than the whole store, object-store-memory=1048576");
            put(fixture.store, id(2), 10, 0);
            assertThatThrownBy(() -> now(fixture.store.create(id(2), 10, 0))).isInstanceOf(ObjectExistsException.class);
        }
    }

    @Test
    void shouldLetTheSecondCreatorWaitForTheFirst() {
        try (StoreFixture fixture = new StoreFixture(MIB, Duration.ofSeconds(20))) {
            WritableObject first = now(fixture.store.create(id(1), 10, 0));
            CompletableFuture<WritableObject> second =
                    fixture.store.create(id(1), 10, 0).toCompletableFuture();
            assertThat(now(fixture.store.contains(id(1)))).isFalse();
            assertThat(second).isNotDone();
            first.close();
            now(second).seal();
            assertThatThrownBy(() -> now(fixture.store.create(id(1), 10, 0))).isInstanceOf(ObjectExistsException.class);
        }
    }

    @Test
    void shouldTellListenersOfEveryObjectOnce() throws Exception {
        try (StoreFixture fixture = new StoreFixture(MIB)) {
            put(fixture.store, id(1), 10, 0);
            List<String> heard = new ArrayList<>();
            ObjectListener listener = new ObjectListener() {
                @Override
                public void onSealed(PlasmaId id, long dataSize) {
                    heard.add("sealed " + id.first() + " " + dataSize);
                }

                @Override
                public void onDeleted(PlasmaId id, boolean evicted) {
                    heard.add((evicted ? "evicted " : "deleted ") + id.first());
                }
            };
            AutoCloseable listening = fixture.store.listen(listener);
            put(fixture.store, id(2), 20, 0);
            now(fixture.store.delete(List.of(id(1))));
            now(fixture.store.evict(1));
            listening.close();
            put(fixture.store, id(3), 20, 0);
            assertThat(heard).containsExactly("sealed 1 10", "sealed 2 20", "deleted 1", "evicted 2");
        }
    }

    @Test
    void shouldDeleteWhatAJobMade() throws IOException {
        try (StoreFixture fixture = new StoreFixture(MIB)) {
            PlasmaId ofJob = new PlasmaId(1, 7, 0);
            PlasmaId ofOther = new PlasmaId(1, 8, 0);
            put(fixture.store, ofJob, 10, 0);
            put(fixture.store, ofOther, 10, 0);
            fixture.store.hold(List.of(ofJob), "owner");
            assertThat(now(fixture.store.deleteJob(7))).isEqualTo(1);
            assertThat(now(fixture.store.contains(ofJob))).isFalse();
            assertThat(now(fixture.store.contains(ofOther))).isTrue();
        }
    }

    @Test
    void shouldDropOnlyTheClientWhoseRingMakesNoSense() throws IOException {
        try (StoreFixture fixture = new StoreFixture(MIB);
                TestClient good = fixture.connect();
                TestClient bad = fixture.connect()) {
            good.put(id(1), new byte[100]);
            int record = bad.claim(id(2), new byte[100]);
            bad.ring.buffer().putLong(record + StoreProtocol.DATA_SIZE_FIELD, Long.MAX_VALUE);
            bad.ring.commit(record);
            assertThat(good.locate(id(1))).isTrue();
            fixture.awaitCounter(StoreCounter.CLIENTS, 2); // this process and the good one
            assertThatThrownBy(() -> bad.locate(id(1))).isInstanceOf(IOException.class);
            assertThat(good.locate(id(2))).isFalse();
            assertThat(fixture.counter(StoreCounter.PROTOCOL_ERRORS_TOTAL)).isEqualTo(1);
            assertThat(fixture.counter(StoreCounter.CONDUCTOR_ERRORS_TOTAL)).isZero();
        }
    }

    @Test
    void shouldKeepItsSocketToItsUser() throws IOException {
        try (StoreFixture fixture = new StoreFixture(MIB)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fixture.socket)))
                    .isEqualTo("rw-------");
            assertThatThrownBy(() -> PlasmaStore.start(
                            new StoreConfig(fixture.socket, MIB),
                            new ShmBackend(new LinuxMemoryFiles(), Optional.empty())))
                    .hasMessageContaining("is in use by another store");
            put(fixture.store, id(1), 10, 0);
        }
    }

    @Test
    void shouldListHowManyClientsUseAnObject() throws IOException {
        try (StoreFixture fixture = new StoreFixture(MIB);
                TestClient first = fixture.connect();
                TestClient second = fixture.connect();
                ArrowWire arrow = new ArrowWire(fixture.socket)) {
            put(fixture.store, id(1), 10, 0);
            put(fixture.store, id(2), 10, 0);
            int once = first.pins.pin(id(1), first.slot);
            int again = first.pins.pin(id(1), first.slot);
            second.pins.pin(id(1), second.slot);
            arrow.send(ArrowWire.get(-1, id(1)));
            arrow.receive(ArrowProtocol.GET + 1);
            try (ReadableObject local = fixture.store.get(id(1)).orElseThrow()) {
                assertThat(local.data().byteSize()).isEqualTo(10);
                assertThat(pins(fixture.store)).containsOnly(Map.entry(id(1), 4), Map.entry(id(2), 0));
            }
            first.pins.unpin(once);
            assertThat(pins(fixture.store)).containsEntry(id(1), 3);
            first.pins.unpin(again);
            assertThat(pins(fixture.store)).containsEntry(id(1), 2);
        }
    }

    private static Map<PlasmaId, Integer> pins(PlasmaStore store) {
        return now(store.list()).stream().collect(Collectors.toMap(ObjectInfo::id, ObjectInfo::pins));
    }

    private static PlasmaStore startAt(Path socket) {
        return PlasmaStore.start(
                new StoreConfig(socket, MIB), new ShmBackend(new LinuxMemoryFiles(), Optional.empty()));
    }

    @Test
    void shouldLeaveAloneWhatIsNoSocketAtItsPath(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("thesis"), "years of work");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        Path folder = Files.createDirectory(directory.resolve("folder"));
        for (Path path : List.of(file, link, folder)) {
            assertThatThrownBy(() -> startAt(path))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("socket=" + path
                            + " is there already and not a socket, it stays as it is: remove it or choose"
                            + " another path");
        }
        assertThat(link).isSymbolicLink().hasContent("years of work");
        assertThat(folder).isDirectory();
    }

    @Test
    void shouldTakeThePlaceOfAStoreThatDied(@TempDir Path directory) throws IOException {
        Path socket = directory.resolve("store");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        try (PlasmaStore store = startAt(socket)) {
            put(store, id(1), 10, 0);
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void shouldFailWhatComesAfterItsEndInsteadOfLettingItWait() {
        StoreFixture fixture = new StoreFixture(MIB);
        put(fixture.store, id(1), 10, 0);
        fixture.close();
        assertThatThrownBy(() -> now(fixture.store.contains(id(1)))).isInstanceOf(StoreGoneException.class);
        assertThatThrownBy(() -> now(fixture.store.create(id(2), 1, 0))).isInstanceOf(StoreGoneException.class);
        assertThat(fixture.store.get(id(1))).isEmpty();
        fixture.store.hold(List.of(id(1)), "owner");
    }
}

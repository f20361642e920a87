// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.thornback.plasma.store.internal.StoreFixture.now;
import static org.thornback.plasma.store.internal.TestClient.id;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thornback.api.store.ObjectExistsException;
import org.thornback.api.store.ObjectListener;
import org.thornback.api.store.ObjectState;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.ReadableObject;
import org.thornback.api.store.StoreBackend;
import org.thornback.api.store.StoreCounter;
import org.thornback.api.store.StoreFullException;
import org.thornback.api.store.WritableObject;
import org.thornback.layout.arrow.ArrowProtocol;
import org.thornback.plasma.shm.internal.ShmBackend;
import org.thornback.testkit.Await;

@Timeout(60)
class SpillTest {
    private static final int MIB = 1 << 20;
    private static final int OBJECTS = 40;

    /** States of a thread that awaits others, or has ended. */
    private static final Set<Thread.State> IDLE =
            Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);

    private final Kept kept = new Kept();
    private final StoreFixture fixture = new StoreFixture(8L * MIB, Duration.ofSeconds(2));

    private void put(int number) {
        try (WritableObject object = now(fixture.store.create(id(number), MIB - 64, 1))) {
            object.data().fill((byte) number);
            object.metadata().set(ValueLayout.JAVA_BYTE, 0, (byte) -number);
            object.seal();
        }
        fixture.store.hold(List.of(id(number)), "owner");
        now(fixture.store.awaitSealed(id(number)));
    }

    private void fill() {
        fixture.store.spillTo(kept, false);
        for (int i = 0; i < OBJECTS; i++) {
            put(i);
        }
        assertThat(fixture.counter(StoreCounter.SPILLED_OBJECTS)).isGreaterThanOrEqualTo(OBJECTS - 8);
    }

    private void assertWhole(int number) {
        now(fixture.store.awaitSealed(id(number)));
        try (ReadableObject object = fixture.store.get(id(number)).orElseThrow()) {
            assertThat(object.data().toArray(ValueLayout.JAVA_BYTE)).containsOnly((byte) number);
            assertThat(object.metadata()).containsExactly((byte) -number);
        }
    }

    private void assertSound() {
        assertThat(fixture.counter(StoreCounter.CONDUCTOR_ERRORS_TOTAL)).isZero();
        fixture.close();
    }

    @Test
    void shouldKeepMoreHeldObjectsThanFitAndBringThemBackInAnyOrder() {
        fill();
        for (int i = 0; i < OBJECTS; i++) {
            assertWhole(i * 7 % OBJECTS);
        }
        assertThat(fixture.counter(StoreCounter.RESTORED_TOTAL)).isGreaterThanOrEqualTo(OBJECTS - 8);
        assertThat(now(fixture.store.list())).hasSize(OBJECTS);
        assertThat(fixture.counter(StoreCounter.USED_BYTES)).isLessThanOrEqualTo(8L * MIB);
        fixture.store.delete(TestClient.ids(0, OBJECTS));
        fixture.awaitCounter(StoreCounter.USED_BYTES, 0);
        fixture.awaitCounter(StoreCounter.SPILLED_BYTES, 0);
        assertSound();
        assertThat(kept.size()).as("places in use").isZero();
    }

    @Test
    void shouldShowItToClientsAsIfItHadNeverBeenAway() throws IOException {
        fill();
        PlasmaId away = spilled(0);
        try (TestClient client = fixture.connect()) {
            assertThat(client.read(away)).as("not in memory").isNull();
            assertThat(client.locate(away)).isTrue();
            assertThat(client.read(away)).isNotNull().containsOnly((byte) away.first());
            PlasmaId other = spilled(0);
            assertThat(client.create(other, 10)).as("exists").isNull();
            client.put(other, new byte[5]);
            assertThat(client.locate(other)).isTrue();
            assertThat(client.read(other)).hasSize(MIB - 64);
        }
        try (ArrowWire arrow = new ArrowWire(fixture.socket)) {
            assertThat(arrow.contains(spilled(0))).isTrue();
        }
        assertThatThrownBy(() -> now(fixture.store.create(spilled(0), 1, 0))).isInstanceOf(ObjectExistsException.class);
        assertSound();
    }

    private PlasmaId spilled(int number) {
        return now(fixture.store.list()).stream()
                .filter(info -> info.state() == ObjectState.SPILLED)
                .skip(number)
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void shouldKeepWhenItWasCreatedAndSealed() throws IOException {
        fill();
        PlasmaId away = spilled(0);
        try (ArrowWire arrow = new ArrowWire(fixture.socket)) {
            Instant created = created(away);
            List<ArrowInfo> before = arrow.list();
            assertThat(before)
                    .extracting(ArrowInfo::id, ArrowInfo::createdSeconds)
                    .contains(tuple(away, created.getEpochSecond()));
            Await.await(() -> Instant.now().isAfter(created.plusMillis(1100)), () -> "the clock stands still");

            assertWhole((int) away.first());

            assertThat(created(away)).isEqualTo(created);
            assertThat(arrow.list()).containsExactlyInAnyOrderElementsOf(before);
        }
        assertSound();
    }

    private Instant created(PlasmaId id) {
        return now(fixture.store.list()).stream()
                .filter(info -> info.id().equals(id))
                .findFirst()
                .orElseThrow()
                .created();
    }

    @Test
    void shouldTellNobodyOfItsLeavingAndComingButOfItsEnd() throws Exception {
        List<String> heard = new ArrayList<>();
        fixture.store.listen(new ObjectListener() {
            @Override
            public void onSealed(PlasmaId id, long dataSize) {
                heard.add("sealed " + id.first());
            }

            @Override
            public void onDeleted(PlasmaId id, boolean evicted) {
                heard.add((evicted ? "evicted " : "deleted ") + id.first());
            }
        });
        fill();
        PlasmaId back = spilled(0);
        assertWhole((int) back.first());
        PlasmaId deleted = spilled(0);
        PlasmaId released = spilled(1);
        assertThat(now(fixture.store.delete(List.of(deleted)))).isEqualTo(1);
        fixture.store.release(List.of(released), "owner");
        assertThat(now(fixture.store.contains(released))).isFalse();
        assertThat(heard).hasSize(OBJECTS + 2).endsWith("deleted " + deleted.first(), "evicted " + released.first());
        assertSound();
    }

    @Test
    void shouldLeaveAloneWhatSomebodyReads() {
        fixture.store.spillTo(kept, false);
        put(1);
        try (ReadableObject read = fixture.store.get(id(1)).orElseThrow()) {
            for (int i = 2; i < 20; i++) {
                put(i);
            }
            assertThat(read.data().toArray(ValueLayout.JAVA_BYTE)).containsOnly((byte) 1);
            assertThat(fixture.store.get(id(1)).map(object -> {
                        object.close();
                        return true;
                    }))
                    .as("still where it was")
                    .contains(true);
        }
        assertSound();
    }

    @Test
    void shouldKeepEvictedObjectsWhereATargetTakesThemAndBringThemBackToArrowsClients() throws IOException {
        fixture.store.spillTo(kept, true);
        try (ArrowWire arrow = new ArrowWire(fixture.socket)) {
            for (int i = 0; i < OBJECTS; i++) {
                byte[] data = new byte[MIB - 64];
                data[MIB / 2] = (byte) i;
                arrow.send(ArrowWire.createAndSeal(id(i), data));
                assertThat(arrow.receive(ArrowProtocol.CREATE_AND_SEAL + 1).getInt(0))
                        .isEqualTo(ArrowProtocol.OK);
            }
            assertThat(fixture.counter(StoreCounter.EVICTED_TOTAL)).isZero();
            assertThat(fixture.counter(StoreCounter.SPILLED_OBJECTS)).isGreaterThanOrEqualTo(OBJECTS - 8);
            for (int i = 0; i < OBJECTS; i += 5) {
                assertThat(arrow.contains(id(i))).as("object %d", i).isTrue();
                now(fixture.store.awaitSealed(id(i)));
                try (ReadableObject object = fixture.store.get(id(i)).orElseThrow()) {
                    assertThat(object.data().get(ValueLayout.JAVA_BYTE, MIB / 2))
                            .isEqualTo((byte) i);
                }
            }
            PlasmaId away = spilled(0);
            arrow.send(ArrowWire.delete(away));
            arrow.receive(ArrowProtocol.DELETE + 1);
            assertThat(arrow.contains(away)).isFalse();
        }
        assertSound();
    }

    @Test
    void shouldNotLetArrowsClientsMakeAnotherObjectOfAnIdThatIsWrittenOut() throws IOException {
        fill();
        PlasmaId away = spilled(0);
        try (ArrowWire arrow = new ArrowWire(fixture.socket)) {
            arrow.send(ArrowWire.createAndSeal(away, new byte[10]));
            assertThat(arrow.receive(ArrowProtocol.CREATE_AND_SEAL + 1).getInt(0))
                    .as("create and seal")
                    .isEqualTo(ArrowProtocol.OBJECT_EXISTS);
            arrow.send(ArrowWire.createAndSealBatch(List.of(id(1000), away), new byte[10]));
            assertThat(arrow.receive(ArrowProtocol.CREATE_AND_SEAL_BATCH + 1).getInt(0))
                    .as("create and seal several")
                    .isEqualTo(ArrowProtocol.OBJECT_EXISTS);
            assertThat(arrow.contains(id(1000))).as("all or none").isFalse();
            arrow.send(ArrowWire.create(away, 10));
            assertThat(arrow.receive(ArrowProtocol.CREATE + 1).getInt(2))
                    .as("create")
                    .isEqualTo(ArrowProtocol.OBJECT_EXISTS);
        }
        assertWhole((int) away.first());
        assertSound();
    }

    @Test
    void shouldTellANewSubscriberOfArrowsOfObjectsThatAreWrittenOut() throws IOException {
        fill();
        Set<PlasmaId> heard = new HashSet<>();
        try (ArrowSubscription subscription = new ArrowSubscription(fixture.socket)) {
            while (heard.size() < OBJECTS) {
                heard.add(subscription.nextSealed());
            }
        }
        assertThat(heard).containsExactlyInAnyOrderElementsOf(TestClient.ids(0, OBJECTS));
        assertSound();
    }

    @Test
    void shouldTellWhoWaitsForAnIdThatItsObjectExistsAlsoWhenItWasWrittenOutMeanwhile() {
        fixture.store.spillTo(kept, true);
        WritableObject first = now(fixture.store.create(id(1), MIB, 0));
        var second = fixture.store.create(id(1), MIB, 0).toCompletableFuture();
        assertThat(now(fixture.store.contains(id(1)))).isFalse();
        CountDownLatch told = new CountDownLatch(1);
        fixture.store.listen(new ObjectListener() {
            @Override
            public void onSealed(PlasmaId id, long dataSize) {
                Kept.await(told); // until the eviction is asked for, which comes before anybody looks who waits
            }

            @Override
            public void onDeleted(PlasmaId id, boolean evicted) {
                // nothing is
            }
        });
        first.seal();
        var evicted = fixture.store.evict(Long.MAX_VALUE);
        told.countDown();
        assertThat(now(evicted)).isEqualTo(MIB);

        assertThatThrownBy(() -> now(second)).isInstanceOf(ObjectExistsException.class);
        now(fixture.store.awaitSealed(id(1)));
        assertSound();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldDeleteWhatArrowsClientsDeletedOnceNobodyHoldsItAlsoWhenItWasAway(boolean deletedWhileAway)
            throws IOException {
        fixture.store.spillTo(kept, false);
        put(0);
        try (ArrowWire arrow = new ArrowWire(fixture.socket)) {
            if (!deletedWhileAway) {
                delete(arrow, id(0));
            }
            for (int i = 1; i < OBJECTS; i++) {
                put(i);
            }
            assertThat(state(id(0))).isEqualTo(ObjectState.SPILLED);
            if (deletedWhileAway) {
                delete(arrow, id(0));
            }
            assertWhole(0); // its owner still can

            fixture.store.release(List.of(id(0)), "owner");

            assertThat(now(fixture.store.contains(id(0)))).isFalse();
        }
        assertSound();
    }

    private static void delete(ArrowWire arrow, PlasmaId id) throws IOException {
        arrow.send(ArrowWire.delete(id));
        arrow.receive(ArrowProtocol.DELETE + 1);
    }

    private ObjectState state(PlasmaId id) {
        return now(fixture.store.list()).stream()
                .filter(info -> info.id().equals(id))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void shouldRefuseOrderlyWhenTheDiskIsFullAndGoOnWhenItIsNot() {
        fill();
        kept.full = true;
        assertThatThrownBy(() -> put(100)).isInstanceOf(StoreFullException.class);
        kept.full = false;
        put(100);
        assertWhole(100);
        assertSound();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTakeToAnotherBackendWhatWasBeingWrittenOutAndStays(boolean diskFull) {
        fixture.store.spillTo(kept, false);
        CountDownLatch gate = kept.shut();
        for (int i = 0; i < 8; i++) {
            put(i);
        }
        fixture.store.create(id(8), MIB - 64, 1).thenAccept(WritableObject::close);
        Kept.await(kept.reached);
        List<ReadableObject> read = new ArrayList<>();
        for (int i = 0; i < 8; i++) { // somebody reads each of them meanwhile: none can go
            read.add(fixture.store.get(id(i)).orElseThrow());
        }
        fixture.store.use(new ShmBackend(new LinuxMemoryFiles(), Optional.empty()), "");
        kept.full = diskFull;
        fixture.store.spillTo(null, false); // nothing else goes out
        gate.countDown();
        fixture.awaitCounter(StoreCounter.MOVED_TOTAL, 8);
        read.forEach(ReadableObject::close);

        Await.await(
                () -> fixture.counter(StoreCounter.SEGMENTS) == 1 && fixture.counter(StoreCounter.LEFT_BYTES) == 0,
                () -> "the old backend does not empty: " + fixture.store.statistics());
        for (int i = 0; i < 8; i++) {
            assertWhole(i);
        }
        assertSound();
    }

    @Test
    void shouldEndInOrderWhileObjectsAreBeingWrittenOut() throws InterruptedException {
        CountDownLatch gate = kept.shut();
        fixture.store.spillTo(kept, false);
        for (int i = 0; i < 8; i++) {
            put(i);
        }
        fixture.store.create(id(8), MIB - 64, 1);
        Kept.await(kept.reached);
        Thread conductor = conductor();
        Thread end = Thread.ofPlatform().start(fixture::close);
        Await.await(
                () -> !Files.exists(fixture.socket) && IDLE.contains(conductor.getState()),
                () -> "the store does not end: its conductor is " + conductor.getState());

        gate.countDown();

        end.join();
        assertThat(kept.places.values())
                .as("written whole, and nothing after it")
                .hasSize(1);
        assertThat(kept.places.values().iterator().next()).hasSize(MIB - 63).startsWith((byte) 0);
        assertThat(kept.failures).isEmpty();
    }

    /** That of this store, the youngest. */
    private static Thread conductor() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("plasma-conductor"))
                .max(Comparator.comparingLong(Thread::threadId))
                .orElseThrow();
    }

    @Test
    void shouldWriteOutHeldObjectsWhenTheStoreShrinksAndTakeThemBackWhenItGrows() {
        fixture.store.spillTo(kept, false);
        for (int i = 0; i < 7; i++) {
            put(i);
        }
        StoreBackend memory = new ShmBackend(new LinuxMemoryFiles(), Optional.empty());

        fixture.store.resize(memory, 4L * MIB);

        Await.await(
                () -> fixture.counter(StoreCounter.USED_BYTES) <= 4L * MIB
                        && fixture.counter(StoreCounter.SEGMENTS) == 1,
                () -> "statistics are " + fixture.store.statistics());
        assertThat(fixture.counter(StoreCounter.CAPACITY_BYTES)).isEqualTo(4L * MIB);
        assertThat(kept.size()).isEqualTo(3);
        assertThat(fixture.counter(StoreCounter.RESERVED_BYTES)).isLessThanOrEqualTo(4L * MIB);

        fixture.store.resize(memory, 16L * MIB);

        for (int i = 0; i < 12; i++) {
            if (i >= 7) {
                put(i);
            }
            now(fixture.store.awaitSealed(id(i)));
            try (ReadableObject object = fixture.store.get(id(i)).orElseThrow()) {
                assertThat(object.data().get(ValueLayout.JAVA_BYTE, MIB - 65)).isEqualTo((byte) i);
            }
        }
        assertThat(fixture.counter(StoreCounter.CONDUCTOR_ERRORS_TOTAL)).isZero();
    }
}

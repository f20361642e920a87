// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.StoreGoneException;

class PinRegisterTest {
    private final Arena arena = Arena.ofAuto();
    private final SegmentBuffer indexRegion = new SegmentBuffer(arena.allocate(IndexDescriptor.LENGTH, 64));
    private final IndexWriter writer = new IndexWriter(indexRegion, 1);
    private final SegmentBuffer pageRegion = new SegmentBuffer(arena.allocate(PinPage.LENGTH, 64));
    private final SlotFlyweight slot = new SlotFlyweight();
    private final PlasmaId id = new PlasmaId(1, 2, 3);
    private final PinPage page;
    private final PinRegister register;

    PinRegisterTest() {
        writer.useTable(0, IndexDescriptor.MIN_TABLE_BITS, 0);
        RegionVersion.write(pageRegion);
        page = new PinPage(pageRegion);
        register = new PinRegister(new IndexReader(indexRegion), page);
    }

    private void enter(int slotNumber, int state) {
        writer.slot(new SlotFlyweight(), slotNumber).id(id).place(4, 64).sizes(10, 2);
        writer.control(slotNumber, IndexDescriptor.control(9, state));
        writer.entry(
                0,
                IndexDescriptor.home(id, IndexDescriptor.MIN_TABLE_BITS),
                IndexDescriptor.entry(id.hash(), slotNumber));
    }

    private List<Long> pins() {
        List<Long> pins = new ArrayList<>();
        page.forEachPin(pins::add);
        return pins;
    }

    @Test
    void shouldPublishWhatItPinsAndTakeItBack() {
        enter(17, IndexDescriptor.SEALED);
        int entry = register.pin(id, slot);
        assertThat(entry).isNotNegative();
        assertThat(slot.dataOffset()).isEqualTo(64);
        assertThat(slot.id()).isEqualTo(id);
        assertThat(pins()).containsExactly(IndexDescriptor.pinEntry(17, writer.control(17)));
        int second = register.pin(id, slot);
        assertThat(second).isNotEqualTo(entry);
        assertThat(pins()).hasSize(2);
        register.unpin(entry);
        register.unpin(second);
        assertThat(pins()).isEmpty();
    }

    @Test
    void shouldNotPinWhatIsNotSealed() {
        assertThat(register.pin(id, slot)).isEqualTo(PinRegister.ABSENT);
        enter(17, IndexDescriptor.CREATED);
        assertThat(register.pin(id, slot)).isEqualTo(PinRegister.ABSENT);
        enter(17, IndexDescriptor.LEAVING);
        assertThat(register.pin(id, slot)).isEqualTo(PinRegister.ABSENT);
        assertThat(pins()).isEmpty();
    }

    @Test
    void shouldNeverMissAnObjectThatMovesFromSlotToSlot() throws InterruptedException {
        enter(17, IndexDescriptor.SEALED);
        AtomicBoolean ended = new AtomicBoolean();
        Thread store = Thread.ofPlatform().start(() -> {
            int from = 17;
            for (long generation = 10; !ended.get(); generation++) {
                int to = 35 - from;
                writer.slot(new SlotFlyweight(), to).id(id).place(4, 64).sizes(10, 2);
                writer.control(to, IndexDescriptor.control(generation, IndexDescriptor.SEALED));
                writer.entry(
                        0,
                        IndexDescriptor.home(id, IndexDescriptor.MIN_TABLE_BITS),
                        IndexDescriptor.entry(id.hash(), to));
                writer.control(from, IndexDescriptor.control(generation - 1, IndexDescriptor.LEAVING));
                from = to;
            }
        });
        int missed = 0;
        for (int i = 0; i < 2_000_000; i++) {
            int entry = register.pin(id, slot);
            if (entry < 0) {
                missed++;
            } else {
                register.unpin(entry);
            }
        }
        ended.set(true);
        store.join();
        assertThat(missed).isZero();
    }

    @Test
    void shouldSayWhenNoEntryIsLeftAndGoOnWhenOneIs() {
        enter(17, IndexDescriptor.SEALED);
        int last = -1;
        for (int i = 0; i < PinPage.MAX_PINS; i++) {
            last = register.pin(id, slot);
        }
        assertThat(register.pin(id, slot)).isEqualTo(PinRegister.EXHAUSTED);
        register.unpin(last);
        assertThat(register.pin(id, slot)).isEqualTo(last);
    }

    @Test
    void shouldNeverGiveOneEntryToTwoThreads() throws InterruptedException {
        enter(17, IndexDescriptor.SEALED);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                SlotFlyweight mine = new SlotFlyweight();
                for (int i = 0; i < 20_000; i++) {
                    register.unpin(register.pin(id, mine));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(pins()).isEmpty();
        List<Integer> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            entries.add(register.pin(id, slot));
        }
        assertThat(entries).doesNotHaveDuplicates();
        assertThat(pins()).hasSize(100);
    }

    @Test
    void shouldRememberAccessesForChoosingWhatToEvict() {
        enter(17, IndexDescriptor.SEALED);
        register.unpin(register.pin(id, slot));
        List<Long> accesses = new ArrayList<>();
        long count = page.forEachAccess(0, accesses::add);
        assertThat(accesses).containsExactly(IndexDescriptor.pinEntry(17, writer.control(17)));
        assertThat(page.forEachAccess(count, accesses::add)).isEqualTo(count);
        assertThat(accesses).hasSize(1);
    }

    @Test
    void shouldRefuseARegionOfAnotherMajorVersion() {
        pageRegion.putInt(RegionVersion.OFFSET, 3 << 16);
        assertThatThrownBy(() -> new PinPage(pageRegion))
                .isInstanceOf(StoreGoneException.class)
                .hasMessageContaining("version=3.0.0");
    }
}

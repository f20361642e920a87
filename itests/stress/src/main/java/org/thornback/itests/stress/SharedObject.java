// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.stress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.IndexDescriptor;
import org.thornback.layout.IndexReader;
import org.thornback.layout.IndexWriter;
import org.thornback.layout.PinPage;
import org.thornback.layout.PinRegister;
import org.thornback.layout.RegionVersion;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.SlotFlyweight;

/**
 * One object in an index that all objects of a test share, as one index is too large to have one each. An object has two slots
 * and an id of its own, and some dozen objects share a client's page; more exist than a test has at once, then they begin anew.
 */
class SharedObject {
    static final long OFFSET = 64;
    static final long SIZE = 10;

    private static final int OBJECTS = 1 << 15;
    private static final int PAGES = 256;
    private static final int TABLE_BITS = 20;
    private static final SegmentBuffer INDEX = region(IndexDescriptor.LENGTH);
    private static final IndexWriter WRITER = new IndexWriter(INDEX, 1);
    private static final PlasmaId[] IDS = new PlasmaId[OBJECTS];
    private static final PinPage[] PINS = new PinPage[PAGES];
    private static final PinRegister[] REGISTERS = new PinRegister[PAGES];
    private static final AtomicInteger MADE = new AtomicInteger();

    static {
        WRITER.useTable(0, TABLE_BITS, 0);
        fillIds();
        for (int i = 0; i < PAGES; i++) {
            SegmentBuffer page = region(PinPage.LENGTH);
            RegionVersion.write(page);
            PINS[i] = new PinPage(page);
            REGISTERS[i] = new PinRegister(new IndexReader(INDEX), PINS[i]);
        }
    }

    final PlasmaId id;
    private final PlasmaId stranger;
    private final int number = Math.floorMod(MADE.getAndIncrement(), OBJECTS);
    private final PinPage page = PINS[number % PAGES];
    private final PinRegister register = REGISTERS[number % PAGES];
    private final SlotFlyweight writing = new SlotFlyweight();
    private final SlotFlyweight reading = new SlotFlyweight();
    private boolean seen;

    SharedObject(boolean sealed) {
        id = IDS[number];
        stranger = new PlasmaId(~id.first(), id.second(), id.third());
        int slot = slot(0);
        WRITER.control(slot, IndexDescriptor.control(generation(slot) + 1, IndexDescriptor.FREE));
        WRITER.slot(writing, slot).id(stranger).place(0, 0).sizes(0, 0);
        lead(slot);
        if (sealed) {
            fill(slot, id);
        }
    }

    /** Homes of their own, so that no object's entry is another's neighbour by chance. */
    private static void fillIds() {
        Set<Integer> homes = new HashSet<>();
        long next = 0;
        for (int i = 0; i < OBJECTS; next++) {
            PlasmaId id = new PlasmaId(next * 0x9E3779B97F4A7C15L, next, 3);
            if (homes.add(IndexDescriptor.home(id, TABLE_BITS))) {
                IDS[i++] = id;
            }
        }
    }

    private static SegmentBuffer region(long length) {
        try {
            Path file = Files.createTempFile("thornback-stress", null);
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
                MemorySegment memory = channel.map(MapMode.READ_WRITE, 0, length, Arena.global());
                return new SegmentBuffer(memory);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int slot(int which) {
        return 2 * number + which;
    }

    private static long generation(int slot) {
        return IndexDescriptor.generation(WRITER.control(slot));
    }

    private void lead(int slot) {
        WRITER.entry(0, IndexDescriptor.home(id, TABLE_BITS), IndexDescriptor.entry(id.hash(), slot));
    }

    private void fill(int slot, PlasmaId name) {
        WRITER.slot(writing, slot).id(name).place(4, OFFSET).sizes(SIZE, 0);
        WRITER.control(slot, IndexDescriptor.control(generation(slot) + 1, IndexDescriptor.SEALED));
    }

    // ---- the store's side ----

    /** Fills the slot and makes it visible, the entry of the table being there before. */
    final void seal() {
        fill(slot(0), id);
    }

    /** Says that the object goes, then looks whether somebody has it: what the store does before it uses memory again. */
    final boolean leaveUnlessPinned() {
        int slot = slot(0);
        long control = WRITER.control(slot);
        WRITER.control(slot, IndexDescriptor.control(IndexDescriptor.generation(control), IndexDescriptor.LEAVING));
        long pin = IndexDescriptor.pinEntry(slot, control);
        seen = false;
        page.forEachPin(value -> seen |= value == pin);
        return !seen;
    }

    /** Gives the slot to another object. */
    final void reuse() {
        int slot = slot(0);
        WRITER.control(slot, IndexDescriptor.control(generation(slot), IndexDescriptor.FREE));
        fill(slot, stranger);
    }

    /** Leads the entry to a second slot before the first one is left. */
    final void move() {
        int from = slot(0);
        fill(slot(1), id);
        lead(slot(1));
        WRITER.control(from, IndexDescriptor.control(generation(from), IndexDescriptor.LEAVING));
    }

    // ---- the client's side ----

    /** Returns what {@link PinRegister#pin} does. */
    final int pin() {
        return register.pin(id, reading);
    }

    final int pin(SlotFlyweight slot) {
        return register.pin(id, slot);
    }

    final void unpin(int entry) {
        if (entry >= 0) {
            register.unpin(entry);
        }
    }

    /** What {@link #pin()} found. */
    final SlotFlyweight found() {
        return reading;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.StoreCounter;
import org.thornback.layout.IndexDescriptor;
import org.thornback.layout.IndexWriter;
import org.thornback.layout.SlotFlyweight;

/**
 * Keeps the shared index: gives slots to objects, enters them in the table, and rebuilds the table beside the one in use
 * when it is too full. Owned by the conductor; clients read it at any moment.
 */
final class ObjectIndex {
    private static final int INITIAL_SLOTS = 1024;
    private static final int NONE = -1;

    private final IndexWriter writer;
    private final SlotFlyweight slotView = new SlotFlyweight();
    private StoredObject[] objects = new StoredObject[INITIAL_SLOTS];
    private int[] freeSlots = new int[INITIAL_SLOTS];
    private int freeCount;
    private int nextSlot;
    private int live;
    private int occupied;
    private int bits = IndexDescriptor.MIN_TABLE_BITS;
    private int area;
    private long changes;

    ObjectIndex(IndexWriter writer) {
        this.writer = requireNonNull(writer, "writer");
        writer.useTable(changes, bits, area);
    }

    /** Objects entered, whatever their state. */
    int size() {
        return live;
    }

    boolean isFull() {
        return freeCount == 0 && nextSlot == IndexDescriptor.MAX_SLOTS;
    }

    /** The object of an id, being written or sealed, or null. */
    StoredObject find(PlasmaId id) {
        int position = position(id);
        return position == NONE ? null : objects[IndexDescriptor.entrySlot(writer.entry(area, position))];
    }

    /** The object a pin or an access names, or null when the slot has another one by now. */
    StoredObject named(long pinEntry) {
        int slot = (int) pinEntry - 1;
        StoredObject object = slot >= 0 && slot < nextSlot ? objects[slot] : null;
        return object != null && IndexDescriptor.pinEntry(slot, object.control) == pinEntry ? object : null;
    }

    /** Gives the object a slot and enters it, in state created. Its id must not be there. */
    void add(StoredObject object) {
        if (occupied * 5L >= (3L << bits)) {
            rebuild();
        }
        fillSlot(object, IndexDescriptor.CREATED);
        enter(object);
        live++;
    }

    /**
     * Lets an object appear at its new place, in state sealed, and its former self leave; that keeps its slot until
     * {@link #freeSlot}.
     */
    void move(StoredObject former, StoredObject moved) {
        int position = position(former.id);
        fillSlot(moved, IndexDescriptor.SEALED);
        // INVARIANT: the entry leads to the new slot before the old one changes: whoever finds the old one leaving
        // finds the new one when he looks at the entry again.
        writer.entry(area, position, IndexDescriptor.entry(moved.id.hash(), moved.slot));
        setState(former, IndexDescriptor.LEAVING);
    }

    private void fillSlot(StoredObject object, int state) {
        int slot = takeSlot();
        object.slot = slot;
        objects[slot] = object;
        long generation = IndexDescriptor.generation(writer.control(slot));
        writer.slot(slotView, slot)
                .id(object.id)
                .place(object.segment.number(), object.offset)
                .sizes(object.dataSize, object.metadataSize)
                .createdMillis(object.createdMillis);
        setControl(object, IndexDescriptor.control(generation, state));
    }

    /** Writes when an object was created, before it is sealed. */
    void setCreated(StoredObject object) {
        writer.slot(slotView, object.slot).createdMillis(object.createdMillis);
    }

    void setState(StoredObject object, int state) {
        setControl(object, IndexDescriptor.control(IndexDescriptor.generation(object.control), state));
    }

    /** Takes the object out of the table; its slot stays until {@link #freeSlot}. */
    void remove(StoredObject object) {
        int mask = (1 << bits) - 1;
        int position = position(object.id);
        if (position == NONE) {
            throw new IllegalStateException("object id=" + object.id + " is not in the index");
        }
        live--;
        if (writer.entry(area, (position + 1) & mask) != IndexDescriptor.EMPTY_ENTRY) {
            writer.entry(area, position, IndexDescriptor.DELETED_ENTRY);
            return;
        }
        // Nothing is probed beyond an empty entry: this one and the deleted ones before it may become empty, too.
        do {
            writer.entry(area, position, IndexDescriptor.EMPTY_ENTRY);
            occupied--;
            position = (position - 1) & mask;
        } while (writer.entry(area, position) == IndexDescriptor.DELETED_ENTRY);
    }

    /** Ends the life of a slot; nobody pins it. */
    void freeSlot(StoredObject object) {
        int slot = object.slot;
        objects[slot] = null;
        writer.control(
                slot, IndexDescriptor.control(IndexDescriptor.generation(object.control) + 1, IndexDescriptor.FREE));
        if (freeCount == freeSlots.length) {
            freeSlots = Arrays.copyOf(freeSlots, freeCount * 2);
        }
        freeSlots[freeCount++] = slot;
    }

    /** All objects that have a slot, those taken out of the table included. */
    Iterable<StoredObject> all() {
        return () -> Arrays.stream(objects, 0, nextSlot)
                .filter(object -> object != null)
                .iterator();
    }

    /** Slots that were ever given out. */
    int slots() {
        return nextSlot;
    }

    /** The object of a slot, or null. */
    StoredObject at(int slot) {
        return objects[slot];
    }

    void count(StoreCounter counter, long value) {
        writer.counter(counter, value);
    }

    private void setControl(StoredObject object, long control) {
        object.control = control;
        writer.control(object.slot, control);
    }

    private int takeSlot() {
        if (freeCount > 0) {
            return freeSlots[--freeCount];
        }
        if (nextSlot == objects.length) {
            objects = Arrays.copyOf(objects, nextSlot * 2);
        }
        return nextSlot++;
    }

    private int position(PlasmaId id) {
        int mask = (1 << bits) - 1;
        long hash = id.hash();
        int position = (int) hash & mask;
        while (true) {
            long entry = writer.entry(area, position);
            if (entry == IndexDescriptor.EMPTY_ENTRY) {
                return NONE;
            }
            if (entry != IndexDescriptor.DELETED_ENTRY && ((entry ^ hash) >>> Integer.SIZE) == 0) {
                StoredObject object = objects[IndexDescriptor.entrySlot(entry)];
                if (object.id.equals(id)) {
                    return position;
                }
            }
            position = (position + 1) & mask;
        }
    }

    private void enter(StoredObject object) {
        int mask = (1 << bits) - 1;
        int position = IndexDescriptor.home(object.id, bits);
        long entry = writer.entry(area, position);
        while (entry != IndexDescriptor.EMPTY_ENTRY && entry != IndexDescriptor.DELETED_ENTRY) {
            position = (position + 1) & mask;
            entry = writer.entry(area, position);
        }
        if (entry == IndexDescriptor.EMPTY_ENTRY) {
            occupied++;
        }
        writer.entry(area, position, IndexDescriptor.entry(object.id.hash(), object.slot));
    }

    private void rebuild() {
        int oldArea = area;
        int oldLength = 1 << bits;
        int newBits = IndexDescriptor.MIN_TABLE_BITS;
        while (newBits < IndexDescriptor.MAX_TABLE_BITS && (live + 1L) * 3 > 1L << newBits) {
            newBits++;
        }
        bits = newBits;
        area = 1 - oldArea;
        occupied = 0;
        writer.clearTable(area, bits);
        for (int position = 0; position < oldLength; position++) {
            long entry = writer.entry(oldArea, position);
            if (entry != IndexDescriptor.EMPTY_ENTRY && entry != IndexDescriptor.DELETED_ENTRY) {
                enter(objects[IndexDescriptor.entrySlot(entry)]);
            }
        }
        changes++;
        writer.useTable(changes, bits, area);
    }
}

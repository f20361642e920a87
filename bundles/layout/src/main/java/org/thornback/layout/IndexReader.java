// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import static java.util.Objects.requireNonNull;

import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.StoreCounter;

/**
 * Looks objects up in the shared index, without a call and without a lock.
 *
 * <p>Safe from any thread of any process. What it finds may be gone the next moment: only a pin that was published before the
 * control word was read again keeps it ({@link PinPage}).
 */
public final class IndexReader {
    private final SegmentBuffer index;

    /**
     * Reads an index that was opened.
     *
     * @param index the region.
     */
    public IndexReader(SegmentBuffer index) {
        this.index = requireNonNull(index, "index");
        RegionVersion.check(index, "the object index");
    }

    /**
     * Finds a sealed object.
     *
     * @param id its name.
     * @return its slot, or -1.
     */
    public int find(PlasmaId id) {
        while (true) {
            long table = index.getLongVolatile(IndexDescriptor.TABLE_FIELD);
            int slot = probe(id, table);
            // INVARIANT: a miss counts only if the table stayed in use meanwhile; the other one may be being rebuilt.
            if (slot >= 0 || table == index.getLongVolatile(IndexDescriptor.TABLE_FIELD)) {
                return slot;
            }
        }
    }

    private int probe(PlasmaId id, long table) {
        int bits = IndexDescriptor.tableBits(table);
        int mask = (1 << bits) - 1;
        int start = IndexDescriptor.tableOffset(IndexDescriptor.tableArea(table));
        long hash = id.hash();
        int tag = (int) (hash >>> Integer.SIZE);
        int position = (int) hash & mask;
        for (int left = mask; left >= 0; left--) {
            long entry = index.getLongAcquire(start + position * Long.BYTES);
            if (entry == IndexDescriptor.EMPTY_ENTRY) {
                return -1;
            }
            if ((int) (entry >>> Integer.SIZE) == tag && entry != IndexDescriptor.DELETED_ENTRY) {
                int slot = IndexDescriptor.entrySlot(entry);
                if (slot >= 0 && slot < IndexDescriptor.MAX_SLOTS) {
                    long control = control(slot);
                    if (isSealed(control) && holds(slot, id)) {
                        return slot;
                    }
                    // INVARIANT: a moved object's entry leads to its new slot before the old slot changes, and a slot
                    // has another generation with every use. Only if neither changed meanwhile was this slot meant
                    // while the object was not in it; the entry alone may have come back.
                    if (index.getLongVolatile(start + position * Long.BYTES) != entry || control(slot) != control) {
                        left++;
                        continue;
                    }
                }
            }
            position = (position + 1) & mask;
        }
        return -1;
    }

    /**
     * Control word of a slot, read with the order of a volatile.
     *
     * @param slot its number.
     * @return generation and state.
     */
    public long control(int slot) {
        return index.getLongVolatile(IndexDescriptor.slotOffset(slot));
    }

    /**
     * Tells whether a slot holds an object; certain only for a pinned one.
     *
     * @param slot its number.
     * @param id   of the object.
     * @return true when the ids are equal.
     */
    public boolean holds(int slot, PlasmaId id) {
        int offset = IndexDescriptor.slotOffset(slot);
        return index.getLong(offset + SlotFlyweight.ID_FIELD) == id.first()
                && index.getLong(offset + SlotFlyweight.ID_FIELD + Long.BYTES) == id.second()
                && index.getInt(offset + SlotFlyweight.ID_FIELD + 2 * Long.BYTES) == id.third();
    }

    /**
     * Points a flyweight at a slot.
     *
     * @param flyweight to be used for reading.
     * @param slot      its number.
     * @return the flyweight.
     */
    public SlotFlyweight wrap(SlotFlyweight flyweight, int slot) {
        return flyweight.wrap(index, IndexDescriptor.slotOffset(slot));
    }

    /**
     * Points a flyweight at a segment's entry.
     *
     * @param flyweight to be used for reading.
     * @param number    of the segment.
     * @return the flyweight.
     */
    public SegmentEntryFlyweight wrap(SegmentEntryFlyweight flyweight, int number) {
        return flyweight.wrap(index, IndexDescriptor.segmentOffset(number));
    }

    /**
     * Tells whether somebody waits for an object.
     *
     * @return true when a put should ring the bell.
     */
    public boolean isAwaited() {
        return index.getLongVolatile(IndexDescriptor.WAITING_FIELD) > 0;
    }

    /**
     * Reads a counter.
     *
     * @param counter which.
     * @return its value.
     */
    public long counter(StoreCounter counter) {
        return index.getLongVolatile(IndexDescriptor.counterOffset(counter));
    }

    /**
     * Process id of the store.
     *
     * @return the pid.
     */
    public int pid() {
        return index.getInt(IndexDescriptor.PID_FIELD);
    }

    /**
     * Tells whether a control word is that of an object that can be read.
     *
     * @param control of a slot.
     * @return true when sealed.
     */
    public static boolean isSealed(long control) {
        return IndexDescriptor.state(control) == IndexDescriptor.SEALED;
    }
}

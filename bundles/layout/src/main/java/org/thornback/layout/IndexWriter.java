// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import static java.util.Objects.requireNonNull;

import org.thornback.api.store.StoreCounter;

/** The writing side of the shared index; only the store's conductor has one. Layout in {@link IndexDescriptor}. */
public final class IndexWriter {
    private final SegmentBuffer index;

    /**
     * Begins a new index.
     *
     * @param index a zeroed region of {@link IndexDescriptor#LENGTH} bytes.
     * @param pid   of the store.
     */
    public IndexWriter(SegmentBuffer index, int pid) {
        this.index = requireNonNull(index, "index");
        index.putInt(IndexDescriptor.SLOTS_OFFSET_FIELD, IndexDescriptor.MAX_SLOTS);
        index.putInt(IndexDescriptor.PID_FIELD, pid);
        RegionVersion.write(index);
    }

    /**
     * Says which table is in use.
     *
     * @param changes how often that changed.
     * @param bits    size as a power of two.
     * @param area    0 or 1.
     */
    public void useTable(long changes, int bits, int area) {
        index.putLongVolatile(IndexDescriptor.TABLE_FIELD, IndexDescriptor.table(changes, bits, area));
    }

    /**
     * Empties the table that is not in use.
     *
     * @param area 0 or 1.
     * @param bits size as a power of two.
     */
    public void clearTable(int area, int bits) {
        index.setMemory(IndexDescriptor.tableOffset(area), Long.BYTES << bits, (byte) 0);
    }

    /**
     * Reads an entry.
     *
     * @param area     0 or 1.
     * @param position in the table.
     * @return the entry.
     */
    public long entry(int area, int position) {
        return index.getLong(IndexDescriptor.tableOffset(area) + position * Long.BYTES);
    }

    /**
     * Writes an entry, after everything written before it.
     *
     * @param area     0 or 1.
     * @param position in the table.
     * @param entry    to write.
     */
    public void entry(int area, int position, long entry) {
        index.putLongRelease(IndexDescriptor.tableOffset(area) + position * Long.BYTES, entry);
    }

    /**
     * Reads a control word.
     *
     * @param slot its number.
     * @return generation and state.
     */
    public long control(int slot) {
        return index.getLong(IndexDescriptor.slotOffset(slot));
    }

    /**
     * Writes a control word, after everything written before it.
     *
     * @param slot    its number.
     * @param control generation and state.
     */
    public void control(int slot, long control) {
        index.putLongVolatile(IndexDescriptor.slotOffset(slot), control);
    }

    /**
     * Points a flyweight at a slot.
     *
     * @param flyweight to be used for writing.
     * @param slot      its number.
     * @return the flyweight.
     */
    public SlotFlyweight slot(SlotFlyweight flyweight, int slot) {
        return flyweight.wrap(index, IndexDescriptor.slotOffset(slot));
    }

    /**
     * Points a flyweight at a segment's entry.
     *
     * @param flyweight to be used for writing.
     * @param number    of the segment.
     * @return the flyweight.
     */
    public SegmentEntryFlyweight segment(SegmentEntryFlyweight flyweight, int number) {
        return flyweight.wrap(index, IndexDescriptor.segmentOffset(number));
    }

    /**
     * Writes a counter.
     *
     * @param counter which.
     * @param value   its new value.
     */
    public void counter(StoreCounter counter, long value) {
        index.putLongRelease(IndexDescriptor.counterOffset(counter), value);
    }

    /**
     * Says how many ids clients wait for, with a full fence: rings are to be drained after it.
     *
     * @param count of ids.
     */
    public void waiting(int count) {
        index.putLongVolatile(IndexDescriptor.WAITING_FIELD, count);
    }
}

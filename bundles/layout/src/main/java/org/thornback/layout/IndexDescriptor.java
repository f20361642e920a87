// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.StoreCounter;

/**
 * Layout of the shared index of objects: written by the store alone, mapped read-only by every client. Little-endian.
 *
 * <pre>
 *         0 +----------------------------------------------------------------+
 *           | int32 version | int32 slots | int64 table | int64 waiting      |
 *           | int32 pid of the store | reserved                              |
 *       512 +----------------------------------------------------------------+
 *           | counters: int64 for each StoreCounter, by ordinal              |
 *      1024 +----------------------------------------------------------------+
 *           | segments: 256 entries of 32 bytes                              |
 *     16384 +----------------------------------------------------------------+
 *           | slots: one cache line for each object                          |
 *           +----------------------------------------------------------------+
 *           | table 0, table 1: int64 entries, one of the two is in use      |
 *           +----------------------------------------------------------------+
 *
 * slot:    0 int64 control = generation << 8 | state
 *          8 int64, 16 int64, 24 int32: id     28 int32 segment number
 *         32 int64 data offset                 40 int64 data size
 *         48 int32 metadata size               52 int32 reserved
 *         56 int64 creation time in ms since 1970
 *
 * segment: 0 int32 number, 0 when free          4 int32 descriptor in the store's process
 *          8 int64 length                        16 int64 page size
 *
 * entry:   upper half of the id's hash << 32 | slot + 1; 0 never used, -1 no longer used
 * </pre>
 *
 * <p>A slot keeps its number as long as its object lives, so pins name slots. The tables are open-addressed, probed one by
 * one from the lower half of the hash. The word {@code table} says which one is in use (bit 0), how large it is (bits 8 to
 * 15, as a power of two) and how often that changed (bits 16 and up): a reader that found nothing looks at it again.
 * {@code waiting} is the number of ids clients wait for: a client that puts through its ring then rings the bell.
 */
public final class IndexDescriptor {
    /** State of a slot without an object. */
    public static final int FREE = 0;

    /** State of an object being written. */
    public static final int CREATED = 1;

    /** State of an object that can be read. */
    public static final int SEALED = 2;

    /** State of an object that is to go, or to move: no new pin holds. */
    public static final int LEAVING = 3;

    /** Most objects at once. */
    public static final int MAX_SLOTS = 1 << 22;

    /** Most segments at once. */
    public static final int MAX_SEGMENTS = 256;

    /** Largest table as a power of two. */
    public static final int MAX_TABLE_BITS = 23;

    /** Smallest table as a power of two. */
    public static final int MIN_TABLE_BITS = 12;

    /** Table entry that never held anything. */
    public static final long EMPTY_ENTRY = 0;

    /** Table entry that held something. */
    public static final long DELETED_ENTRY = -1;

    static final int SLOTS_OFFSET_FIELD = 4;
    static final int TABLE_FIELD = 8;
    static final int WAITING_FIELD = 16;
    static final int PID_FIELD = 24;
    static final int COUNTERS = 512;
    static final int SEGMENTS = 1024;
    static final int SEGMENT_LENGTH = 32;
    static final int SLOTS = 16 << 10;
    static final int SLOT_LENGTH = 64;
    static final int TABLES = SLOTS + MAX_SLOTS * SLOT_LENGTH;
    static final int TABLE_LENGTH = Long.BYTES << MAX_TABLE_BITS;

    /** Length of the region; almost all of it untouched, so without memory behind it. */
    public static final int LENGTH = TABLES + 2 * TABLE_LENGTH;

    private static final int STATE_BITS = 8;
    private static final long STATE_MASK = (1L << STATE_BITS) - 1;

    private IndexDescriptor() {}

    /**
     * State in a control word.
     *
     * @param control of a slot.
     * @return one of the states above.
     */
    public static int state(long control) {
        return (int) (control & STATE_MASK);
    }

    /**
     * Generation in a control word.
     *
     * @param control of a slot.
     * @return how often the slot was given out.
     */
    public static long generation(long control) {
        return control >>> STATE_BITS;
    }

    /**
     * Packs a control word.
     *
     * @param generation how often the slot was given out.
     * @param state      one of the states above.
     * @return the word.
     */
    public static long control(long generation, int state) {
        return generation << STATE_BITS | state;
    }

    /**
     * What a pin page says of a pinned object.
     *
     * @param slot    of the object.
     * @param control of the slot.
     * @return never 0; unique among 2^32 uses of a slot.
     */
    public static long pinEntry(int slot, long control) {
        return generation(control) << Integer.SIZE | (slot + 1);
    }

    /**
     * Where a slot begins.
     *
     * @param slot its number.
     * @return offset in the region.
     */
    public static int slotOffset(int slot) {
        return SLOTS + slot * SLOT_LENGTH;
    }

    /**
     * Where a segment's entry begins.
     *
     * @param number of the segment.
     * @return offset in the region.
     */
    public static int segmentOffset(int number) {
        return SEGMENTS + Integer.remainderUnsigned(number, MAX_SEGMENTS) * SEGMENT_LENGTH;
    }

    /**
     * Where a counter is.
     *
     * @param counter which.
     * @return offset in the region.
     */
    public static int counterOffset(StoreCounter counter) {
        return COUNTERS + counter.ordinal() * Long.BYTES;
    }

    /**
     * Where a table begins.
     *
     * @param area 0 or 1.
     * @return offset in the region.
     */
    public static int tableOffset(int area) {
        return TABLES + area * TABLE_LENGTH;
    }

    /**
     * Packs the word that says which table is in use.
     *
     * @param changes how often it changed.
     * @param bits    size as a power of two.
     * @param area    0 or 1.
     * @return the word.
     */
    public static long table(long changes, int bits, int area) {
        return changes << 16 | (long) bits << 8 | area;
    }

    /**
     * Size of the table in use.
     *
     * @param table the word.
     * @return a power of two, as its exponent.
     */
    public static int tableBits(long table) {
        return (int) (table >>> 8) & 0xff;
    }

    /**
     * Number of the table in use.
     *
     * @param table the word.
     * @return 0 or 1.
     */
    public static int tableArea(long table) {
        return (int) table & 1;
    }

    /**
     * The entry of an object in the table.
     *
     * @param hash of its id.
     * @param slot it has.
     * @return never 0 or -1.
     */
    public static long entry(long hash, int slot) {
        return hash & 0xffffffff00000000L | (slot + 1);
    }

    /**
     * Slot an entry leads to.
     *
     * @param entry of the table.
     * @return the slot; meaningless for an empty or deleted entry.
     */
    public static int entrySlot(long entry) {
        return (int) entry - 1;
    }

    /**
     * Where probing begins.
     *
     * @param id   looked for.
     * @param bits size of the table as a power of two.
     * @return position in the table.
     */
    public static int home(PlasmaId id, int bits) {
        return (int) id.hash() & ((1 << bits) - 1);
    }
}

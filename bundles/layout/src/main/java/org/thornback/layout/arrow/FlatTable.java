// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout.arrow;

import org.agrona.DirectBuffer;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.StoreProtocol;

/**
 * Reads a FlatBuffers table whose bytes come from anybody: follows no offset out of them. Flyweight; allocates nothing.
 *
 * <p>The FlatBuffers library for Java has no verifier, and its tables may read whatever lies in the same buffer. Slots are
 * numbered from 0, as in {@link ArrowProtocol}. Every method that reads fails with {@link FlatTableException} when the bytes make
 * no sense.
 */
public final class FlatTable {
    private static final int OFFSET_LENGTH = 4;
    private static final int VTABLE_HEADER = 4;
    private static final int ABSENT = 0;

    private DirectBuffer buffer;
    private int start;
    private int end;
    private int table;
    private int vtable;
    private int vtableLength;

    /** Reads nothing yet. */
    public FlatTable() {
        // wrapped later
    }

    /**
     * Points it at the root table of a FlatBuffer.
     *
     * @param bytes  that hold it.
     * @param offset where it begins.
     * @param length of it.
     * @return this.
     */
    public FlatTable wrap(DirectBuffer bytes, int offset, int length) {
        buffer = bytes;
        start = offset;
        end = offset + length;
        table = follow(offset);
        check(table, OFFSET_LENGTH);
        long place = (long) table - buffer.getInt(table);
        check(place, VTABLE_HEADER);
        vtable = (int) place;
        vtableLength = buffer.getShort(vtable) & 0xffff;
        if (vtableLength < VTABLE_HEADER) {
            throw new FlatTableException("vtable length=" + vtableLength + " is too short");
        }
        check(vtable, vtableLength);
        return this;
    }

    /**
     * Reads an integer.
     *
     * @param slot of the field.
     * @return its value, 0 when it is left out.
     */
    public int getInt(int slot) {
        int field = field(slot, Integer.BYTES);
        return field == ABSENT ? 0 : buffer.getInt(field);
    }

    /**
     * Reads a long integer.
     *
     * @param slot of the field.
     * @return its value, 0 when it is left out.
     */
    public long getLong(int slot) {
        int field = field(slot, Long.BYTES);
        return field == ABSENT ? 0 : buffer.getLong(field);
    }

    /**
     * Reads a truth value.
     *
     * @param slot of the field.
     * @return its value, false when it is left out.
     */
    public boolean getBoolean(int slot) {
        int field = field(slot, 1);
        return field != ABSENT && buffer.getByte(field) != 0;
    }

    /**
     * Reads an id.
     *
     * @param slot of the field, a string of 20 bytes.
     * @return the id.
     */
    public PlasmaId getId(int slot) {
        return idAt(string(slot));
    }

    /**
     * Finds a string, which may hold any bytes.
     *
     * @param slot of the field.
     * @return its place, for {@link #length} and {@link #bytes}.
     */
    public int string(int slot) {
        int field = required(slot);
        return sized(follow(field), 1);
    }

    /**
     * Finds a vector of strings.
     *
     * @param slot of the field.
     * @return its place, for {@link #length} and {@link #element}.
     */
    public int strings(int slot) {
        int field = required(slot);
        return sized(follow(field), OFFSET_LENGTH);
    }

    /**
     * Finds one string of a vector.
     *
     * @param strings place of the vector.
     * @param number  of the string in it, from 0, below the vector's length.
     * @return its place.
     */
    public int element(int strings, int number) {
        return sized(follow(strings + OFFSET_LENGTH + number * OFFSET_LENGTH), 1);
    }

    /**
     * Reads an id out of a string.
     *
     * @param string place of it.
     * @return the id.
     */
    public PlasmaId idAt(int string) {
        if (length(string) != PlasmaId.LENGTH) {
            throw new FlatTableException("id length=" + length(string) + ", expected " + PlasmaId.LENGTH + " bytes");
        }
        return StoreProtocol.id(buffer, bytes(string));
    }

    /**
     * How long a string or vector is.
     *
     * @param place of it.
     * @return bytes or elements.
     */
    public int length(int place) {
        return buffer.getInt(place);
    }

    /**
     * Where the bytes of a string begin.
     *
     * @param place of it.
     * @return offset in the buffer.
     */
    public int bytes(int place) {
        return place + OFFSET_LENGTH;
    }

    /**
     * Reads a digest.
     *
     * @param string place of it, eight bytes.
     * @return them as a number.
     */
    public long digestAt(int string) {
        if (length(string) != ArrowProtocol.DIGEST_LENGTH) {
            throw new FlatTableException(
                    "digest length=" + length(string) + ", expected " + ArrowProtocol.DIGEST_LENGTH + " bytes");
        }
        return buffer.getLong(bytes(string));
    }

    /**
     * Tells whether a field is there.
     *
     * @param slot of the field.
     * @return false when it is left out.
     */
    public boolean has(int slot) {
        return field(slot, 1) != ABSENT;
    }

    private int required(int slot) {
        int field = field(slot, OFFSET_LENGTH);
        if (field == ABSENT) {
            throw new FlatTableException("field slot=" + slot + " is missing");
        }
        return field;
    }

    private int field(int slot, int length) {
        int entry = VTABLE_HEADER + slot * Short.BYTES;
        if (entry + Short.BYTES > vtableLength) {
            return ABSENT;
        }
        int offset = buffer.getShort(vtable + entry) & 0xffff;
        if (offset == 0) {
            return ABSENT;
        }
        check((long) table + offset, length);
        return table + offset;
    }

    private int follow(int place) {
        check(place, OFFSET_LENGTH);
        long target = place + Integer.toUnsignedLong(buffer.getInt(place));
        check(target, OFFSET_LENGTH);
        return (int) target;
    }

    private int sized(int place, int elementLength) {
        check(place, OFFSET_LENGTH + Integer.toUnsignedLong(buffer.getInt(place)) * elementLength);
        return place;
    }

    private void check(long place, long length) {
        if (place < start || length > end - place) {
            throw new FlatTableException("FlatBuffer place=" + (place - start) + " length=" + length
                    + " is outside its " + (end - start) + " bytes");
        }
    }
}

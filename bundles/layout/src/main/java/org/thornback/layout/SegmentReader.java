// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** The reading half of {@link SegmentBuffer}. */
abstract class SegmentReader extends SegmentAccess implements DirectBuffer {

    @Override
    public final int capacity() {
        return capacity;
    }

    @Override
    public final void checkLimit(int limit) {
        if (limit < 0 || limit > capacity) {
            throw new IndexOutOfBoundsException("limit=" + limit + " capacity=" + capacity);
        }
    }

    @Override
    public final void boundsCheck(int index, int length) {
        checkRange(capacity, index, length);
    }

    /** Address of the first byte; only native memory has one. */
    @Override
    public final long addressOffset() {
        if (!segment.isNative()) {
            throw new UnsupportedOperationException("memory on the Java heap has no address");
        }
        return segment.address() + base;
    }

    @Override
    public final byte[] byteArray() {
        return segment.heapBase().orElse(null) instanceof byte[] array ? array : null;
    }

    @Override
    public final ByteBuffer byteBuffer() {
        return wrapped;
    }

    @Override
    public final int wrapAdjustment() {
        return (int) (segment.isNative() ? base : segment.address() + base);
    }

    @Override
    public final long getLong(int index) {
        check(index, Long.BYTES);
        return segment.get(LONG, base + index);
    }

    @Override
    public final long getLong(int index, ByteOrder order) {
        long value = getLong(index);
        return order == ORDER ? value : Long.reverseBytes(value);
    }

    @Override
    public final int getInt(int index) {
        check(index, Integer.BYTES);
        return segment.get(INT, base + index);
    }

    @Override
    public final int getInt(int index, ByteOrder order) {
        int value = getInt(index);
        return order == ORDER ? value : Integer.reverseBytes(value);
    }

    @Override
    public final double getDouble(int index) {
        return Double.longBitsToDouble(getLong(index));
    }

    @Override
    public final double getDouble(int index, ByteOrder order) {
        return Double.longBitsToDouble(getLong(index, order));
    }

    @Override
    public final float getFloat(int index) {
        return Float.intBitsToFloat(getInt(index));
    }

    @Override
    public final float getFloat(int index, ByteOrder order) {
        return Float.intBitsToFloat(getInt(index, order));
    }

    @Override
    public final short getShort(int index) {
        check(index, Short.BYTES);
        return segment.get(SHORT, base + index);
    }

    @Override
    public final short getShort(int index, ByteOrder order) {
        short value = getShort(index);
        return order == ORDER ? value : Short.reverseBytes(value);
    }

    @Override
    public final char getChar(int index) {
        check(index, Character.BYTES);
        return segment.get(CHAR, base + index);
    }

    @Override
    public final char getChar(int index, ByteOrder order) {
        char value = getChar(index);
        return order == ORDER ? value : Character.reverseBytes(value);
    }

    @Override
    public final byte getByte(int index) {
        check(index, Byte.BYTES);
        return segment.get(BYTE, base + index);
    }

    @Override
    public final void getBytes(int index, byte[] target) {
        getBytes(index, target, 0, target.length);
    }

    @Override
    public final void getBytes(int index, byte[] target, int offset, int length) {
        check(index, length);
        MemorySegment.copy(segment, BYTE, base + index, target, offset, length);
    }

    @Override
    public final void getBytes(int index, MutableDirectBuffer target, int targetIndex, int length) {
        check(index, length);
        if (target instanceof SegmentReader other) {
            other.check(targetIndex, length);
            MemorySegment.copy(segment, base + index, other.segment, other.base + targetIndex, length);
        } else {
            target.putBytes(targetIndex, copy(index, length));
        }
    }

    @Override
    public final void getBytes(int index, ByteBuffer target, int length) {
        getBytes(index, target, target.position(), length);
        target.position(target.position() + length);
    }

    @Override
    public final void getBytes(int index, ByteBuffer target, int targetOffset, int length) {
        check(index, length);
        checkRange(target.limit(), targetOffset, length);
        MemorySegment.copy(segment, base + index, memoryOf(target), targetOffset, length);
    }

    @Override
    public final String getStringAscii(int index) {
        return getStringWithoutLengthAscii(index + STR_HEADER_LEN, getInt(index));
    }

    @Override
    public final String getStringAscii(int index, ByteOrder order) {
        return getStringWithoutLengthAscii(index + STR_HEADER_LEN, getInt(index, order));
    }

    @Override
    public final String getStringAscii(int index, int length) {
        return getStringWithoutLengthAscii(index + STR_HEADER_LEN, length);
    }

    @Override
    public final int getStringAscii(int index, Appendable target) {
        return getStringWithoutLengthAscii(index + STR_HEADER_LEN, getInt(index), target);
    }

    @Override
    public final int getStringAscii(int index, Appendable target, ByteOrder order) {
        return getStringWithoutLengthAscii(index + STR_HEADER_LEN, getInt(index, order), target);
    }

    @Override
    public final int getStringAscii(int index, int length, Appendable target) {
        return getStringWithoutLengthAscii(index + STR_HEADER_LEN, length, target);
    }

    @Override
    public final String getStringWithoutLengthAscii(int index, int length) {
        return AsciiText.decode(copy(index, length));
    }

    @Override
    public final int getStringWithoutLengthAscii(int index, int length, Appendable target) {
        try {
            target.append(getStringWithoutLengthAscii(index, length));
            return length;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot append text of length=" + length, e);
        }
    }

    @Override
    public final String getStringUtf8(int index) {
        return getStringWithoutLengthUtf8(index + STR_HEADER_LEN, getInt(index));
    }

    @Override
    public final String getStringUtf8(int index, ByteOrder order) {
        return getStringWithoutLengthUtf8(index + STR_HEADER_LEN, getInt(index, order));
    }

    @Override
    public final String getStringUtf8(int index, int length) {
        return getStringWithoutLengthUtf8(index + STR_HEADER_LEN, length);
    }

    @Override
    public final String getStringWithoutLengthUtf8(int index, int length) {
        return new String(copy(index, length), UTF_8);
    }

    @Override
    public final int parseNaturalIntAscii(int index, int length) {
        return Math.toIntExact(parseNaturalLongAscii(index, length));
    }

    @Override
    public final long parseNaturalLongAscii(int index, int length) {
        return AsciiText.parseNatural(getStringWithoutLengthAscii(index, length));
    }

    @Override
    public final int parseIntAscii(int index, int length) {
        return Math.toIntExact(parseLongAscii(index, length));
    }

    @Override
    public final long parseLongAscii(int index, int length) {
        return AsciiText.parse(getStringWithoutLengthAscii(index, length));
    }

    /** Orders by content, byte by unsigned byte; a shorter buffer that is the beginning of the other comes first. */
    @Override
    public final int compareTo(DirectBuffer other) {
        int common = Math.min(capacity, other.capacity());
        for (int i = 0; i < common; i++) {
            int order = Byte.compareUnsigned(getByte(i), other.getByte(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(capacity, other.capacity());
    }

    /** Equal when the contents are. */
    @Override
    public final boolean equals(Object other) {
        return other instanceof SegmentReader that
                && capacity == that.capacity
                && MemorySegment.mismatch(segment, base, base + capacity, that.segment, that.base, that.base + capacity)
                        < 0;
    }

    @Override
    public final int hashCode() {
        int hash = 1;
        for (int i = 0; i < capacity; i++) {
            hash = 31 * hash + getByte(i);
        }
        return hash;
    }

    @Override
    public final String toString() {
        return "SegmentBuffer{capacity=" + capacity + ", base=" + base + ", segment=" + segment + "}";
    }

    private byte[] copy(int index, int length) {
        check(index, length);
        byte[] bytes = new byte[length];
        getBytes(index, bytes, 0, length);
        return bytes;
    }
}

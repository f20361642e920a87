// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** The writing half of {@link SegmentBuffer}. */
abstract class SegmentWriter extends SegmentReader implements MutableDirectBuffer {
    private static final byte[] NOTHING = {};

    @Override
    public final boolean isExpandable() {
        return false;
    }

    @Override
    public final void setMemory(int index, int length, byte value) {
        check(index, length);
        segment.asSlice(base + index, length).fill(value);
    }

    @Override
    public final void putLong(int index, long value) {
        check(index, Long.BYTES);
        segment.set(LONG, base + index, value);
    }

    @Override
    public final void putLong(int index, long value, ByteOrder order) {
        putLong(index, order == ORDER ? value : Long.reverseBytes(value));
    }

    @Override
    public final void putInt(int index, int value) {
        check(index, Integer.BYTES);
        segment.set(INT, base + index, value);
    }

    @Override
    public final void putInt(int index, int value, ByteOrder order) {
        putInt(index, order == ORDER ? value : Integer.reverseBytes(value));
    }

    @Override
    public final void putDouble(int index, double value) {
        putLong(index, Double.doubleToRawLongBits(value));
    }

    @Override
    public final void putDouble(int index, double value, ByteOrder order) {
        putLong(index, Double.doubleToRawLongBits(value), order);
    }

    @Override
    public final void putFloat(int index, float value) {
        putInt(index, Float.floatToRawIntBits(value));
    }

    @Override
    public final void putFloat(int index, float value, ByteOrder order) {
        putInt(index, Float.floatToRawIntBits(value), order);
    }

    @Override
    public final void putShort(int index, short value) {
        check(index, Short.BYTES);
        segment.set(SHORT, base + index, value);
    }

    @Override
    public final void putShort(int index, short value, ByteOrder order) {
        putShort(index, order == ORDER ? value : Short.reverseBytes(value));
    }

    @Override
    public final void putChar(int index, char value) {
        check(index, Character.BYTES);
        segment.set(CHAR, base + index, value);
    }

    @Override
    public final void putChar(int index, char value, ByteOrder order) {
        putChar(index, order == ORDER ? value : Character.reverseBytes(value));
    }

    @Override
    public final void putByte(int index, byte value) {
        check(index, Byte.BYTES);
        segment.set(BYTE, base + index, value);
    }

    @Override
    public final void putBytes(int index, byte[] source) {
        putBytes(index, source, 0, source.length);
    }

    @Override
    public final void putBytes(int index, byte[] source, int offset, int length) {
        check(index, length);
        MemorySegment.copy(source, offset, segment, BYTE, base + index, length);
    }

    @Override
    public final void putBytes(int index, ByteBuffer source, int length) {
        putBytes(index, source, source.position(), length);
        source.position(source.position() + length);
    }

    @Override
    public final void putBytes(int index, ByteBuffer source, int sourceIndex, int length) {
        check(index, length);
        checkRange(source.limit(), sourceIndex, length);
        MemorySegment.copy(memoryOf(source), sourceIndex, segment, base + index, length);
    }

    @Override
    public final void putBytes(int index, DirectBuffer source, int sourceIndex, int length) {
        check(index, length);
        if (source instanceof SegmentReader other) {
            other.check(sourceIndex, length);
            MemorySegment.copy(other.segment, other.base + sourceIndex, segment, base + index, length);
        } else {
            byte[] bytes = new byte[length];
            source.getBytes(sourceIndex, bytes);
            putBytes(index, bytes);
        }
    }

    /**
     * Copies memory in; the source may be longer than an {@code int} can say.
     *
     * @param index        where the bytes go.
     * @param source       memory to copy from.
     * @param sourceOffset where to begin in it.
     * @param length       how many bytes.
     */
    public final void putBytes(int index, MemorySegment source, long sourceOffset, int length) {
        check(index, length);
        MemorySegment.copy(source, sourceOffset, segment, base + index, length);
    }

    @Override
    public final int putStringAscii(int index, String value) {
        return putStringAscii(index, (CharSequence) value, ORDER);
    }

    @Override
    public final int putStringAscii(int index, CharSequence value) {
        return putStringAscii(index, value, ORDER);
    }

    @Override
    public final int putStringAscii(int index, String value, ByteOrder order) {
        return putStringAscii(index, (CharSequence) value, order);
    }

    @Override
    public final int putStringAscii(int index, CharSequence value, ByteOrder order) {
        byte[] bytes = value == null ? NOTHING : AsciiText.encode(value, 0, value.length());
        putInt(index, bytes.length, order);
        putBytes(index + STR_HEADER_LEN, bytes);
        return STR_HEADER_LEN + bytes.length;
    }

    @Override
    public final int putStringWithoutLengthAscii(int index, String value) {
        return putStringWithoutLengthAscii(index, (CharSequence) value);
    }

    @Override
    public final int putStringWithoutLengthAscii(int index, CharSequence value) {
        return value == null ? 0 : putStringWithoutLengthAscii(index, value, 0, value.length());
    }

    @Override
    public final int putStringWithoutLengthAscii(int index, String value, int offset, int length) {
        return putStringWithoutLengthAscii(index, (CharSequence) value, offset, length);
    }

    @Override
    public final int putStringWithoutLengthAscii(int index, CharSequence value, int offset, int length) {
        byte[] bytes =
                value == null ? NOTHING : AsciiText.encode(value, offset, Math.min(length, value.length() - offset));
        putBytes(index, bytes);
        return bytes.length;
    }

    @Override
    public final int putStringUtf8(int index, String value) {
        return putStringUtf8(index, value, ORDER, Integer.MAX_VALUE);
    }

    @Override
    public final int putStringUtf8(int index, String value, ByteOrder order) {
        return putStringUtf8(index, value, order, Integer.MAX_VALUE);
    }

    @Override
    public final int putStringUtf8(int index, String value, int maxLength) {
        return putStringUtf8(index, value, ORDER, maxLength);
    }

    @Override
    public final int putStringUtf8(int index, String value, ByteOrder order, int maxLength) {
        byte[] bytes = value == null ? NOTHING : value.getBytes(UTF_8);
        if (bytes.length > maxLength) {
            throw new IllegalArgumentException(
                    "encoded length=" + bytes.length + " is more than maxLength=" + maxLength);
        }
        putInt(index, bytes.length, order);
        putBytes(index + STR_HEADER_LEN, bytes);
        return STR_HEADER_LEN + bytes.length;
    }

    @Override
    public final int putStringWithoutLengthUtf8(int index, String value) {
        byte[] bytes = value == null ? NOTHING : value.getBytes(UTF_8);
        putBytes(index, bytes);
        return bytes.length;
    }

    @Override
    public final int putIntAscii(int index, int value) {
        return putStringWithoutLengthAscii(index, Integer.toString(value));
    }

    @Override
    public final int putNaturalIntAscii(int index, int value) {
        return putNaturalLongAscii(index, value);
    }

    @Override
    public final void putNaturalPaddedIntAscii(int index, int length, int value) {
        putStringWithoutLengthAscii(index, AsciiText.padded(length, value));
    }

    @Override
    public final int putNaturalIntAsciiFromEnd(int value, int endExclusive) {
        String digits = AsciiText.natural(value);
        int index = endExclusive - digits.length();
        putStringWithoutLengthAscii(index, digits);
        return index;
    }

    @Override
    public final int putNaturalLongAscii(int index, long value) {
        return putStringWithoutLengthAscii(index, AsciiText.natural(value));
    }

    @Override
    public final int putLongAscii(int index, long value) {
        return putStringWithoutLengthAscii(index, Long.toString(value));
    }
}

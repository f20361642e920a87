// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Agrona's buffer over a {@link MemorySegment}: the one buffer type of all processes, usable in a plain JVM.
 *
 * <ul>
 *   <li>Needs no flag and prints no warning: no {@code Unsafe}, no downcall, no restricted method.
 *   <li>Multi-byte values are little-endian whatever the machine.
 *   <li>Wraps heap arrays, buffers, mapped files and native arenas. Wrapping another {@code SegmentBuffer} allocates
 *       nothing.
 *   <li>Volatile, acquire, release and opaque access and compare-and-set need naturally aligned indexes in memory that is
 *       itself aligned: native memory, or the {@code long[]} of {@link #allocate}; a {@code byte[]} offers plain access
 *       only. The JVM checks this on each access, {@link #verifyAlignment} once.
 *   <li>Every access is checked against the memory. The check against the wrapped part of it goes with
 *       {@code -Dagrona.disable.bounds.checks=true}.
 * </ul>
 *
 * <p>As thread safe as memory: the wrapping itself is not to be changed while others use the buffer.
 */
public final class SegmentBuffer extends SegmentWriter implements AtomicBuffer {

    /** Wraps nothing: to be wrapped later. */
    public SegmentBuffer() {
        view(MemorySegment.NULL, 0, 0, null);
    }

    /**
     * Wraps a whole segment.
     *
     * @param segment of at most 2 GiB - 1.
     */
    public SegmentBuffer(MemorySegment segment) {
        wrap(segment);
    }

    /**
     * Wraps a part of a segment.
     *
     * @param segment of any length.
     * @param offset  where the part begins.
     * @param length  of the part in bytes.
     */
    public SegmentBuffer(MemorySegment segment, long offset, int length) {
        wrap(segment, offset, length);
    }

    /**
     * A zeroed buffer on the heap that is aligned for atomic access.
     *
     * @param capacity in bytes.
     * @return a new buffer.
     */
    public static SegmentBuffer allocate(int capacity) {
        MemorySegment words = MemorySegment.ofArray(new long[(capacity + Long.BYTES - 1) >>> 3]);
        return new SegmentBuffer(words, 0, capacity);
    }

    /**
     * Wraps a whole segment.
     *
     * @param memory of at most 2 GiB - 1.
     */
    public void wrap(MemorySegment memory) {
        requireNonNull(memory, "memory");
        if (memory.byteSize() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "segment size=" + memory.byteSize() + " is more than a buffer can index");
        }
        view(memory, 0, (int) memory.byteSize(), null);
    }

    /**
     * Wraps a part of a segment without slicing it.
     *
     * @param memory of any length.
     * @param offset where the part begins.
     * @param length of the part in bytes.
     */
    public void wrap(MemorySegment memory, long offset, int length) {
        checkRange(memory.byteSize(), offset, length);
        view(memory, offset, length, null);
    }

    @Override
    public void wrap(byte[] array) {
        wrap(array, 0, array.length);
    }

    @Override
    public void wrap(byte[] array, int offset, int length) {
        checkRange(array.length, offset, length);
        view(MemorySegment.ofArray(array), offset, length, null);
    }

    @Override
    public void wrap(ByteBuffer buffer) {
        wrap(buffer, 0, buffer.capacity());
    }

    @Override
    public void wrap(ByteBuffer buffer, int offset, int length) {
        checkRange(buffer.capacity(), offset, length);
        view(memoryOf(buffer), offset, length, buffer);
    }

    @Override
    public void wrap(DirectBuffer buffer) {
        wrap(buffer, 0, buffer.capacity());
    }

    @Override
    public void wrap(DirectBuffer buffer, int offset, int length) {
        checkRange(buffer.capacity(), offset, length);
        if (buffer instanceof SegmentBuffer other) {
            view(other.segment, other.base + offset, length, other.wrapped);
        } else if (buffer.byteBuffer() != null) {
            wrap(buffer.byteBuffer(), buffer.wrapAdjustment() + offset, length);
        } else if (buffer.byteArray() != null) {
            wrap(buffer.byteArray(), buffer.wrapAdjustment() + offset, length);
        } else {
            throw new IllegalArgumentException(
                    "buffer of type=" + buffer.getClass().getName() + " shows no memory");
        }
    }

    /** Not offered: a raw address would need a restricted method. */
    @Override
    public void wrap(long address, int length) {
        throw new UnsupportedOperationException("a raw address cannot be wrapped, wrap a MemorySegment instead");
    }

    /**
     * The wrapped memory as a segment of its own.
     *
     * @return a slice of what was wrapped, as long as {@link #capacity()}.
     */
    public MemorySegment segment() {
        return segment.asSlice(base, capacity);
    }

    @Override
    public void verifyAlignment() {
        boolean aligned = ((segment.address() + base) & (ALIGNMENT - 1)) == 0
                && (segment.isNative() || segment.maxByteAlignment() >= ALIGNMENT);
        if (!aligned) {
            throw new IllegalStateException("memory is not aligned to " + ALIGNMENT + " bytes: " + this);
        }
    }

    @Override
    public long getLongVolatile(int index) {
        check(index, Long.BYTES);
        return (long) ATOMIC_LONG.getVolatile(segment, base + index);
    }

    @Override
    public long getLongAcquire(int index) {
        check(index, Long.BYTES);
        return (long) ATOMIC_LONG.getAcquire(segment, base + index);
    }

    @Override
    public long getLongOpaque(int index) {
        check(index, Long.BYTES);
        return (long) ATOMIC_LONG.getOpaque(segment, base + index);
    }

    @Override
    public void putLongVolatile(int index, long value) {
        check(index, Long.BYTES);
        ATOMIC_LONG.setVolatile(segment, base + index, value);
    }

    @Override
    public void putLongOrdered(int index, long value) {
        putLongRelease(index, value);
    }

    @Override
    public void putLongRelease(int index, long value) {
        check(index, Long.BYTES);
        ATOMIC_LONG.setRelease(segment, base + index, value);
    }

    @Override
    public void putLongOpaque(int index, long value) {
        check(index, Long.BYTES);
        ATOMIC_LONG.setOpaque(segment, base + index, value);
    }

    @Override
    public long addLongOrdered(int index, long increment) {
        return addLongRelease(index, increment);
    }

    @Override
    public long addLongRelease(int index, long increment) {
        long value = getLong(index);
        putLongRelease(index, value + increment);
        return value;
    }

    @Override
    public long addLongOpaque(int index, long increment) {
        long value = getLongOpaque(index);
        putLongOpaque(index, value + increment);
        return value;
    }

    @Override
    public boolean compareAndSetLong(int index, long expected, long update) {
        check(index, Long.BYTES);
        return ATOMIC_LONG.compareAndSet(segment, base + index, expected, update);
    }

    @Override
    public long compareAndExchangeLong(int index, long expected, long update) {
        check(index, Long.BYTES);
        return (long) ATOMIC_LONG.compareAndExchange(segment, base + index, expected, update);
    }

    @Override
    public long getAndSetLong(int index, long value) {
        check(index, Long.BYTES);
        return (long) ATOMIC_LONG.getAndSet(segment, base + index, value);
    }

    @Override
    public long getAndAddLong(int index, long delta) {
        check(index, Long.BYTES);
        return (long) ATOMIC_LONG.getAndAdd(segment, base + index, delta);
    }

    @Override
    public int getIntVolatile(int index) {
        check(index, Integer.BYTES);
        return (int) ATOMIC_INT.getVolatile(segment, base + index);
    }

    @Override
    public int getIntAcquire(int index) {
        check(index, Integer.BYTES);
        return (int) ATOMIC_INT.getAcquire(segment, base + index);
    }

    @Override
    public int getIntOpaque(int index) {
        check(index, Integer.BYTES);
        return (int) ATOMIC_INT.getOpaque(segment, base + index);
    }

    @Override
    public void putIntVolatile(int index, int value) {
        check(index, Integer.BYTES);
        ATOMIC_INT.setVolatile(segment, base + index, value);
    }

    @Override
    public void putIntOrdered(int index, int value) {
        putIntRelease(index, value);
    }

    @Override
    public void putIntRelease(int index, int value) {
        check(index, Integer.BYTES);
        ATOMIC_INT.setRelease(segment, base + index, value);
    }

    @Override
    public void putIntOpaque(int index, int value) {
        check(index, Integer.BYTES);
        ATOMIC_INT.setOpaque(segment, base + index, value);
    }

    @Override
    public int addIntOrdered(int index, int increment) {
        return addIntRelease(index, increment);
    }

    @Override
    public int addIntRelease(int index, int increment) {
        int value = getInt(index);
        putIntRelease(index, value + increment);
        return value;
    }

    @Override
    public int addIntOpaque(int index, int increment) {
        int value = getIntOpaque(index);
        putIntOpaque(index, value + increment);
        return value;
    }

    @Override
    public boolean compareAndSetInt(int index, int expected, int update) {
        check(index, Integer.BYTES);
        return ATOMIC_INT.compareAndSet(segment, base + index, expected, update);
    }

    @Override
    public int compareAndExchangeInt(int index, int expected, int update) {
        check(index, Integer.BYTES);
        return (int) ATOMIC_INT.compareAndExchange(segment, base + index, expected, update);
    }

    @Override
    public int getAndSetInt(int index, int value) {
        check(index, Integer.BYTES);
        return (int) ATOMIC_INT.getAndSet(segment, base + index, value);
    }

    @Override
    public int getAndAddInt(int index, int delta) {
        check(index, Integer.BYTES);
        return (int) ATOMIC_INT.getAndAdd(segment, base + index, delta);
    }

    @Override
    public short getShortVolatile(int index) {
        check(index, Short.BYTES);
        return (short) ATOMIC_SHORT.getVolatile(segment, base + index);
    }

    @Override
    public void putShortVolatile(int index, short value) {
        check(index, Short.BYTES);
        ATOMIC_SHORT.setVolatile(segment, base + index, value);
    }

    @Override
    public char getCharVolatile(int index) {
        check(index, Character.BYTES);
        return (char) ATOMIC_CHAR.getVolatile(segment, base + index);
    }

    @Override
    public void putCharVolatile(int index, char value) {
        check(index, Character.BYTES);
        ATOMIC_CHAR.setVolatile(segment, base + index, value);
    }

    @Override
    public byte getByteVolatile(int index) {
        check(index, Byte.BYTES);
        return (byte) ATOMIC_BYTE.getVolatile(segment, base + index);
    }

    @Override
    public void putByteVolatile(int index, byte value) {
        check(index, Byte.BYTES);
        ATOMIC_BYTE.setVolatile(segment, base + index, value);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * What is wrapped, and the checks: the state that reading, writing and atomic access share.
 *
 * <p>The wrapped segment is never sliced: a view is a base offset and a capacity, so that wrapping a part of another buffer
 * allocates nothing. The segment's own check keeps every access inside the memory; the check against the capacity, which is
 * on unless {@code -Dagrona.disable.bounds.checks=true}, keeps it inside the view.
 */
abstract class SegmentAccess {
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
    static final ValueLayout.OfChar CHAR = ValueLayout.JAVA_CHAR_UNALIGNED.withOrder(ORDER);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ORDER);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ORDER);

    /** Handles for access with memory ordering; these want natural alignment, the JVM checks it. */
    static final VarHandle ATOMIC_BYTE = ValueLayout.JAVA_BYTE.varHandle();

    static final VarHandle ATOMIC_SHORT =
            ValueLayout.JAVA_SHORT.withOrder(ORDER).varHandle();
    static final VarHandle ATOMIC_CHAR = ValueLayout.JAVA_CHAR.withOrder(ORDER).varHandle();
    static final VarHandle ATOMIC_INT = ValueLayout.JAVA_INT.withOrder(ORDER).varHandle();
    static final VarHandle ATOMIC_LONG = ValueLayout.JAVA_LONG.withOrder(ORDER).varHandle();

    private static final boolean CHECKED = !Boolean.getBoolean(DirectBuffer.DISABLE_BOUNDS_CHECKS_PROP_NAME);

    MemorySegment segment;
    long base;
    int capacity;
    ByteBuffer wrapped;

    final void view(MemorySegment memory, long offset, int length, ByteBuffer origin) {
        segment = memory;
        base = offset;
        capacity = length;
        wrapped = origin;
    }

    final void check(int index, int length) {
        if (CHECKED && (index < 0 || length < 0 || index > capacity - length)) {
            throw outside(index, length);
        }
    }

    /** All of a buffer's memory, whatever its position and limit. */
    static MemorySegment memoryOf(ByteBuffer buffer) {
        return MemorySegment.ofBuffer(buffer.duplicate().clear());
    }

    static void checkRange(long available, long index, long length) {
        if (index < 0 || length < 0 || index > available - length) {
            throw new IndexOutOfBoundsException("index=" + index + " length=" + length + " available=" + available);
        }
    }

    private IndexOutOfBoundsException outside(int index, int length) {
        return new IndexOutOfBoundsException("index=" + index + " length=" + length + " capacity=" + capacity);
    }
}

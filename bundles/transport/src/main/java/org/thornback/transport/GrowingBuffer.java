// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.transport;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.thornback.layout.SegmentBuffer;

/**
 * Bytes between {@code start} and {@code end} of a direct buffer that grows when needed and shrinks when it is empty again.
 *
 * <p>Not thread safe: owned by one side of one channel.
 */
final class GrowingBuffer {
    private static final int INITIAL_CAPACITY = 32 << 10;
    private static final int KEPT_CAPACITY = 256 << 10;

    private ByteBuffer bytes;
    private SegmentBuffer view;
    private int start;
    private int end;

    GrowingBuffer() {
        allocate(INITIAL_CAPACITY);
    }

    SegmentBuffer view() {
        return view;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int length() {
        return end - start;
    }

    /** Makes room for {@code length} bytes behind {@code end}. */
    void reserve(int length) {
        int used = length();
        if (bytes.capacity() - end >= length) {
            return;
        }
        if (used <= bytes.capacity() / 2 && bytes.capacity() - used >= length) {
            content().compact();
            start = 0;
        } else {
            grow(used, length);
        }
        end = used;
    }

    /** Takes twice as much at least, so that what is moved is little against what was written since the last time. */
    private void grow(int used, int length) {
        int capacity = bytes.capacity();
        do {
            capacity = Math.multiplyExact(capacity, 2);
        } while (capacity - used < length);
        ByteBuffer old = content();
        allocate(capacity);
        bytes.put(old);
    }

    void advanceEnd(int length) {
        end += length;
    }

    void advanceStart(int length) {
        start += length;
        if (start == end) {
            start = 0;
            end = 0;
            if (bytes.capacity() > KEPT_CAPACITY) {
                allocate(INITIAL_CAPACITY);
            }
        }
    }

    /** The content, to be written to a socket. */
    ByteBuffer content() {
        return bytes.limit(end).position(start);
    }

    /** The room behind the content, to be filled from a socket. */
    ByteBuffer room() {
        return bytes.limit(bytes.capacity()).position(end);
    }

    private void allocate(int capacity) {
        bytes = ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
        view = new SegmentBuffer(MemorySegment.ofBuffer(bytes));
        start = 0;
        end = 0;
    }
}

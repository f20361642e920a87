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
        if (bytes.capacity() - end >= length) {
            return;
        }
        int used = length();
        if (bytes.capacity() - used >= length && start >= bytes.capacity() / 2) {
            bytes.limit(end).position(start);
            bytes.compact();
        } else {
            ByteBuffer old = bytes;
            int capacity = bytes.capacity();
            while (capacity - used < length) {
                capacity = Math.multiplyExact(capacity, 2);
            }
            int oldStart = start;
            int oldEnd = end;
            allocate(capacity);
            old.limit(oldEnd).position(oldStart);
            bytes.put(old);
        }
        start = 0;
        end = used;
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

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.thornback.layout.SegmentBuffer;

/**
 * Bytes of one connection that cannot be dealt with yet, first in first out: a frame of which a part has come, an answer nobody
 * reads. Native memory that grows as bytes really arrive, and goes when it is large and empty. Owned by the conductor.
 */
final class HeldBytes {
    private static final int SMALLEST = 1 << 10;
    private static final int KEPT = 4 << 10;

    private final Allowance.Account account;
    private final SegmentBuffer buffer = new SegmentBuffer();
    private Arena arena;
    private int capacity;
    private int start;
    private int end;

    HeldBytes(Allowance.Account account) {
        this.account = requireNonNull(account, "account");
    }

    SegmentBuffer buffer() {
        return buffer;
    }

    /** Where in the buffer the first byte lies. */
    int start() {
        return start;
    }

    /** Where in the buffer the last byte ends. */
    int end() {
        return end;
    }

    int length() {
        return end - start;
    }

    boolean isEmpty() {
        return start == end;
    }

    long address() {
        return buffer.addressOffset() + start;
    }

    long endAddress() {
        return buffer.addressOffset() + end;
    }

    /** Bytes that can be added without growing. */
    int room() {
        return capacity - end;
    }

    /** Makes room for that many bytes more; the buffer may be another one afterwards. */
    void reserve(int bytes) {
        if (bytes <= room()) {
            return;
        }
        int length = length();
        if (bytes <= capacity - length) {
            MemorySegment memory = buffer.segment();
            MemorySegment.copy(memory, start, memory, 0, length);
        } else {
            long wanted = Math.max(SMALLEST, Math.max((long) length + bytes, 2L * capacity));
            int larger = (int) Math.min(wanted, Integer.MAX_VALUE);
            account.take(larger);
            Arena next = Arena.ofConfined();
            MemorySegment memory = next.allocate(larger, Long.BYTES);
            if (length > 0) {
                MemorySegment.copy(buffer.segment(), start, memory, 0, length);
            }
            free();
            arena = next;
            capacity = larger;
            buffer.wrap(memory);
        }
        start = 0;
        end = length;
    }

    /** Bytes were written behind the last one. */
    void added(int count) {
        end += count;
    }

    void append(MemorySegment source, long offset, int count) {
        reserve(count);
        MemorySegment.copy(source, offset, buffer.segment(), end, count);
        end += count;
    }

    /** The first bytes are no longer needed. */
    void consumed(int count) {
        start += count;
        if (start == end) {
            start = 0;
            end = 0;
            if (capacity > KEPT) {
                free();
            }
        }
    }

    private void free() {
        if (arena != null) {
            account.giveBack(capacity);
            arena.close();
            arena = null;
            capacity = 0;
        }
    }

    void close() {
        start = 0;
        end = 0;
        free();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.thornback.api.store.Segment;
import org.thornback.api.store.StoreCounter;
import org.thornback.layout.IndexDescriptor;
import org.thornback.layout.IndexWriter;
import org.thornback.layout.SegmentEntryFlyweight;

/**
 * The segments: gives out blocks and takes care that there is memory behind them before anybody touches them. New blocks come
 * from the newest segment; the others only empty, their memory goes back page by page, and the last block takes the rest along.
 *
 * <p>Owned by the conductor. The capacity counts blocks, alignment included, and each object once, where it lies now: bytes that
 * somebody still reads at an object's former place do not count. It is exact.
 */
final class StoreMemory {
    private final IndexWriter index;
    private final SegmentGrowth growth;
    private long capacity;
    private final List<StoreSegment> segments = new ArrayList<>();
    private final Map<Integer, MemorySegment> mapped = new ConcurrentHashMap<>();
    private StoreSegment current;
    private int nextNumber = 1;
    private long used;

    /** A block that was given out. */
    record Block(StoreSegment segment, long offset, long length) {
        long end() {
            return offset + length;
        }

        boolean isReserved() {
            return end() <= segment.reserved();
        }
    }

    StoreMemory(IndexWriter index, long capacity, Executor conductor, Executor helper) {
        this.index = requireNonNull(index, "index");
        growth = new SegmentGrowth(conductor, helper, this::countReserved);
        capacity(capacity);
    }

    /** Adopts a segment: from now on new blocks come from it. */
    void adopt(Segment file) throws IOException {
        StoreSegment segment = new StoreSegment(freeNumber(), file);
        index.segment(new SegmentEntryFlyweight(), segment.number())
                .publish(segment.number(), file.descriptor(), file.length(), file.pageSize());
        mapped.put(segment.number(), segment.memory());
        StoreSegment before = current;
        segments.add(segment);
        current = segment;
        if (before != null && before.isEmpty()) {
            giveBack(before);
        } else if (before != null) {
            growth.punchFree(before);
        }
        countReserved();
    }

    private int freeNumber() {
        for (int tries = 0; tries < IndexDescriptor.MAX_SEGMENTS; tries++) {
            int number = nextNumber++;
            if (index.segment(new SegmentEntryFlyweight(), number).number() == 0) {
                return number;
            }
        }
        throw new IllegalStateException("the store has " + segments.size() + " segments, no more are possible");
    }

    /** The memory of a segment by its number, null when there is none; safe from any thread. */
    MemorySegment mapped(int number) {
        return mapped.get(number);
    }

    long capacity() {
        return capacity;
    }

    /** Sets how much objects may take together. What takes more is not given out again until enough has gone. */
    void capacity(long bytes) {
        capacity = bytes;
        index.counter(StoreCounter.CAPACITY_BYTES, bytes);
    }

    /** Bytes in use beyond the capacity, which has become less; 0 in general. */
    long excess() {
        return Math.max(0, used - capacity);
    }

    long used() {
        return used;
    }

    StoreSegment current() {
        return current;
    }

    /** Whether what lies in a segment is to go elsewhere. */
    boolean isLeft(StoreSegment segment) {
        return segment != current;
    }

    /** Whether there is a segment besides the newest. */
    boolean hasLeft() {
        return segments.size() > 1;
    }

    /** Takes a block, or returns null when there is none of that length. The block may not have memory behind it yet. */
    Block allocate(long length) {
        Block block = length > capacity - used ? null : allocateCopy(length);
        if (block != null) {
            used(used + length);
        }
        return block;
    }

    /** As {@link #allocate}, for bytes of an object that is counted already. */
    Block allocateCopy(long length) {
        long offset = current.space().allocate(length);
        if (offset < 0) {
            return null;
        }
        Block block = new Block(current, offset, length);
        if (block.isReserved()) {
            growth.keepAhead(current, block.end());
        }
        return block;
    }

    void free(Block block) {
        free(block.segment, block.offset, block.length);
    }

    void free(StoreSegment segment, long offset, long length) {
        used(used - length);
        freeCopy(segment, offset, length);
    }

    /** Takes back a block of {@link #allocateCopy}, or one whose object lies elsewhere by now. */
    void freeCopy(StoreSegment segment, long offset, long length) {
        segment.space().free(offset, length);
        if (!isLeft(segment)) {
            return;
        }
        if (segment.isEmpty()) {
            giveBack(segment);
        } else {
            growth.punch(segment, offset, offset + length);
        }
        countReserved();
    }

    private void giveBack(StoreSegment segment) {
        index.segment(new SegmentEntryFlyweight(), segment.number()).withdraw();
        mapped.remove(segment.number());
        segments.remove(segment);
        growth.giveBack(segment);
    }

    /**
     * Puts memory behind a block, on the helper thread.
     *
     * @param done hears on the conductor: null, or why there is no memory.
     */
    void reserve(Block block, Consumer<CallException> done) {
        growth.reserve(block.segment, block.end(), done);
    }

    /** Puts memory behind a small block at once, for a put that came through a ring. */
    boolean reserveNow(Block block) {
        return growth.reserveNow(block.segment, block.end());
    }

    private void used(long bytes) {
        used = bytes;
        index.counter(StoreCounter.USED_BYTES, bytes);
    }

    private void countReserved() {
        long reserved = 0;
        long left = 0;
        for (StoreSegment segment : segments) {
            reserved += isLeft(segment) ? Math.min(segment.taken(), segment.reserved()) : segment.reserved();
            left += isLeft(segment) ? segment.taken() : 0;
        }
        index.counter(StoreCounter.RESERVED_BYTES, reserved);
        index.counter(StoreCounter.LEFT_BYTES, left);
        index.counter(StoreCounter.SEGMENTS, segments.size());
    }

    void close() {
        SegmentEntryFlyweight entry = new SegmentEntryFlyweight();
        for (StoreSegment segment : segments) {
            index.segment(entry, segment.number()).withdraw();
            segment.close();
        }
        segments.clear();
    }
}

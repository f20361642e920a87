// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.thornback.api.store.Segment;
import org.thornback.api.store.StoreCounter;
import org.thornback.layout.IndexWriter;
import org.thornback.layout.SegmentEntryFlyweight;

/**
 * The segments: gives out blocks and takes care that there is memory behind them before anybody touches them.
 *
 * <p>Owned by the conductor. Memory is reserved step by step on a helper thread, ahead of need: fresh pages cost a second for
 * each gigabyte. The capacity counts blocks, alignment included; it is exact.
 */
final class StoreMemory {
    private static final long SMALLEST_STEP = 4L << 20;
    private static final long LARGEST_STEP = 64L << 20;

    private final IndexWriter index;
    private final Executor conductor;
    private final Executor helper;
    private final long capacity;
    private final List<StoreSegment> segments = new ArrayList<>();
    private StoreSegment current;
    private int nextNumber = 1;
    private long used;
    private boolean growing;

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
        this.capacity = capacity;
        this.conductor = requireNonNull(conductor, "conductor");
        this.helper = requireNonNull(helper, "helper");
        index.counter(StoreCounter.CAPACITY_BYTES, capacity);
    }

    /** Adopts a segment: from now on new blocks come from it. */
    void adopt(Segment file) throws IOException {
        StoreSegment segment = new StoreSegment(nextNumber++, file);
        index.segment(new SegmentEntryFlyweight(), segment.number())
                .publish(segment.number(), file.descriptor(), file.length(), file.pageSize());
        segments.add(segment);
        current = segment;
        countReserved();
    }

    long capacity() {
        return capacity;
    }

    long used() {
        return used;
    }

    StoreSegment current() {
        return current;
    }

    /** Takes a block, or returns null when there is none of that length. The block may not have memory behind it yet. */
    Block allocate(long length) {
        if (length > capacity - used) {
            return null;
        }
        long offset = current.space().allocate(length);
        if (offset < 0) {
            return null;
        }
        used(used + length);
        Block block = new Block(current, offset, length);
        if (block.isReserved() && current.reserved() - block.end() < step() / 2) {
            growAhead();
        }
        return block;
    }

    void free(StoreSegment segment, long offset, long length) {
        segment.space().free(offset, length);
        used(used - length);
    }

    /**
     * Puts memory behind a block, on the helper thread.
     *
     * @param done hears on the conductor: null, or why there is no memory.
     */
    void reserve(Block block, Consumer<CallException> done) {
        StoreSegment segment = block.segment();
        long length = segment.file().length();
        long from = segment.reserved();
        long comfortable = Math.min(length, Math.max(roundUp(block.end(), segment), from + step()));
        helper.execute(() -> {
            CallException failure = tryReserve(segment, from, comfortable);
            long reached = comfortable;
            if (failure != null) {
                reached = Math.min(length, roundUp(block.end(), segment));
                failure = tryReserve(segment, from, reached);
            }
            long end = reached;
            CallException outcome = failure;
            conductor.execute(() -> {
                if (outcome == null) {
                    segment.reservedUpTo(end);
                    countReserved();
                }
                done.accept(outcome);
            });
        });
    }

    /** Puts memory behind a small block at once, for a put that came through a ring. */
    boolean reserveNow(Block block) {
        StoreSegment segment = block.segment();
        long end = Math.min(segment.file().length(), roundUp(block.end(), segment));
        if (tryReserve(segment, segment.reserved(), end) != null) {
            return false;
        }
        segment.reservedUpTo(end);
        countReserved();
        return true;
    }

    private void growAhead() {
        StoreSegment segment = current;
        long from = segment.reserved();
        long end = Math.min(segment.file().length(), from + step());
        if (growing || end <= from) {
            return;
        }
        growing = true;
        helper.execute(() -> {
            CallException failure = tryReserve(segment, from, end);
            conductor.execute(() -> {
                growing = false;
                if (failure == null) { // if not, whoever needs the memory asks again and is told
                    segment.reservedUpTo(end);
                    countReserved();
                }
            });
        });
    }

    private static CallException tryReserve(StoreSegment segment, long from, long end) {
        try {
            if (end > from) {
                Linux.reserve(segment.file().descriptor(), from, end - from);
            }
            return null;
        } catch (CallException e) {
            return e;
        }
    }

    private long step() {
        return Math.clamp(current.reserved(), SMALLEST_STEP, LARGEST_STEP);
    }

    private static long roundUp(long end, StoreSegment segment) {
        long page = segment.file().pageSize();
        return (end + page - 1) / page * page;
    }

    private void used(long bytes) {
        used = bytes;
        index.counter(StoreCounter.USED_BYTES, bytes);
    }

    private void countReserved() {
        index.counter(
                StoreCounter.RESERVED_BYTES,
                segments.stream().mapToLong(StoreSegment::reserved).sum());
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

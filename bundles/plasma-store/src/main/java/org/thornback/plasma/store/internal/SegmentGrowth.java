// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Puts memory behind segments before anybody touches them, and takes it from those that are being left. Owned by the conductor;
 * the system is asked on the helper thread, for fresh pages cost a second for each gigabyte.
 */
final class SegmentGrowth {
    private static final long SMALLEST_STEP = 4L << 20;
    private static final long LARGEST_STEP = 64L << 20;

    private final Executor conductor;
    private final Executor helper;
    private final Runnable changed;
    private StoreSegment growing;

    /**
     * Creates it.
     *
     * @param changed runs on the conductor when more or less memory is behind a segment.
     */
    SegmentGrowth(Executor conductor, Executor helper, Runnable changed) {
        this.conductor = requireNonNull(conductor, "conductor");
        this.helper = requireNonNull(helper, "helper");
        this.changed = requireNonNull(changed, "changed");
    }

    /**
     * Puts memory behind a segment up to an end, and more if there is.
     *
     * @param done hears on the conductor: null, or why there is no memory.
     */
    void reserve(StoreSegment segment, long end, Consumer<CallException> done) {
        long from = segment.reserved();
        long needed = segment.roundUp(end);
        long comfortable = segment.roundUp(Math.max(needed, from + step(segment)));
        helper.execute(() -> {
            CallException failure = tryReserve(segment, from, comfortable);
            long reached = comfortable;
            if (failure != null) {
                reached = needed;
                failure = tryReserve(segment, from, reached);
            }
            long last = reached;
            CallException outcome = failure;
            conductor.execute(() -> {
                if (outcome == null) {
                    reached(segment, last);
                }
                done.accept(outcome);
            });
        });
    }

    /** Puts memory behind a small part at once; returns whether there was some. */
    boolean reserveNow(StoreSegment segment, long end) {
        long rounded = segment.roundUp(end);
        if (tryReserve(segment, segment.reserved(), rounded) != null) {
            return false;
        }
        reached(segment, rounded);
        return true;
    }

    /** Puts more memory behind a segment when little of what has been reserved lies above an end. */
    void keepAhead(StoreSegment segment, long end) {
        long from = segment.reserved();
        long more = segment.roundUp(from + step(segment));
        if (from - end >= step(segment) / 2 || growing == segment || more <= from) {
            return;
        }
        growing = segment;
        helper.execute(() -> {
            CallException failure = tryReserve(segment, from, more);
            conductor.execute(() -> {
                if (growing == segment) {
                    growing = null;
                }
                if (failure == null) { // if not, whoever needs the memory asks again and is told
                    reached(segment, more);
                }
            });
        });
    }

    /** Takes the memory from whole pages that nothing lies in any more; what was freed there last lies from start to end. */
    void punch(StoreSegment segment, long start, long end) {
        long page = segment.file().pageSize();
        long first = Math.max(segment.roundUp(segment.space().blockStart(start)), start / page * page);
        long last = Math.min(segment.space().blockEnd(start) / page * page, segment.roundUp(end));
        punchPages(segment, first, last);
    }

    /** Takes the memory from all that is free in a segment. */
    void punchFree(StoreSegment segment) {
        segment.space().forEach((start, end) -> {
            long first = segment.roundUp(start);
            long last = Math.min(end, segment.reserved())
                    / segment.file().pageSize()
                    * segment.file().pageSize();
            punchPages(segment, first, last);
        });
    }

    private void punchPages(StoreSegment segment, long first, long last) {
        if (first < last) {
            helper.execute(() -> Linux.attempt(
                    Linux.FALLOCATE, segment.file().descriptor(), Linux.PUNCH_HOLE, first, last - first, 0));
        }
    }

    /** Gives back a segment in which nothing is. */
    void giveBack(StoreSegment segment) {
        helper.execute(segment::giveBack);
    }

    private void reached(StoreSegment segment, long end) {
        segment.reservedUpTo(end);
        changed.run();
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

    private static long step(StoreSegment segment) {
        return Math.clamp(segment.reserved(), SMALLEST_STEP, LARGEST_STEP);
    }
}

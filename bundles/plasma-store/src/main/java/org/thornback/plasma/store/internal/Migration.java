// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Copies sealed objects out of segments that are being left, batch by batch, while everything else goes on.
 *
 * <p>Owned by the conductor, which gives blocks and flips entries; bytes are copied on a thread of their own. An object whose bytes
 * are being copied may be deleted meanwhile: its copy is dropped then. Objects that are not sealed yet stay until they are.
 */
final class Migration {
    private static final int BATCH_OBJECTS = 128;
    private static final long BATCH_BYTES = 16L << 20;
    private static final int SLOTS_A_TURN = 8192;
    private static final long RETRY_NANOS = 20_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ObjectIndex index;
    private final ObjectTable table;
    private final StoreMemory memory;
    private final Executor conductor;
    private final Executor mover;
    private final Consumer<String> trouble;
    private final Deque<StoredObject> waiting = new ArrayDeque<>();
    private int cursor = Integer.MAX_VALUE;
    private boolean copying;
    private long retryAt;

    private record Copy(StoredObject object, StoreMemory.Block block) {
        void run() {
            MemorySegment.copy(
                    object.segment.memory(),
                    object.offset,
                    block.segment().memory(),
                    block.offset(),
                    object.dataSize + object.metadataSize);
        }
    }

    Migration(
            ObjectIndex index,
            ObjectTable table,
            StoreMemory memory,
            Executor conductor,
            Executor mover,
            Consumer<String> trouble) {
        this.index = requireNonNull(index, "index");
        this.table = requireNonNull(table, "table");
        this.memory = requireNonNull(memory, "memory");
        this.conductor = requireNonNull(conductor, "conductor");
        this.mover = requireNonNull(mover, "mover");
        this.trouble = requireNonNull(trouble, "trouble");
    }

    /** Another segment has been adopted: looks at every object once. */
    void begin() {
        cursor = 0;
        retryAt = System.nanoTime();
    }

    /** An object was sealed, or is not written out after all; when it lies in a segment that is being left it goes along. */
    void stays(StoredObject object) {
        if (object.isSealed() && memory.isLeft(object.segment)) {
            waiting.add(object);
        }
    }

    /** Begins the next batch unless one is under way. */
    void advance() {
        if (copying || !hasWork() || System.nanoTime() - retryAt < 0) {
            return;
        }
        List<Copy> batch = batch();
        if (batch.isEmpty()) {
            return;
        }
        copying = true;
        StoreMemory.Block last = batch.getFirst().block;
        for (Copy copy : batch) {
            last = copy.block.end() > last.end() ? copy.block : last;
        }
        if (last.isReserved()) {
            copy(batch);
        } else {
            memory.reserve(last, failure -> reserved(batch, failure));
        }
    }

    /** In how many milliseconds {@link #advance} has something to do; -1 for not before something else happens. */
    long pause() {
        if (copying || !hasWork()) {
            return -1;
        }
        return Math.max(0, (retryAt - System.nanoTime()) / NANOS_PER_MILLI + 1);
    }

    private boolean hasWork() {
        return memory.hasLeft() && (!waiting.isEmpty() || cursor < index.slots());
    }

    private List<Copy> batch() {
        List<Copy> batch = new ArrayList<>();
        long bytes = 0;
        int end = cursor < index.slots() ? cursor + SLOTS_A_TURN : cursor;
        while (batch.size() < BATCH_OBJECTS && bytes < BATCH_BYTES) {
            StoredObject object = next(end);
            if (object == null) {
                break;
            }
            StoreMemory.Block block = index.isFull() ? null : memory.allocateCopy(object.length);
            if (block == null) { // no free block is long enough now
                waiting.add(object);
                retryAt = System.nanoTime() + RETRY_NANOS;
                break;
            }
            object.moving = true;
            bytes += object.length;
            batch.add(new Copy(object, block));
        }
        return batch;
    }

    private StoredObject next(int end) {
        while (!waiting.isEmpty()) {
            StoredObject object = waiting.poll();
            if (isToMove(object)) {
                return object;
            }
        }
        while (cursor < Math.min(end, index.slots())) {
            StoredObject object = index.at(cursor++);
            if (object != null && isToMove(object)) {
                return object;
            }
        }
        return null;
    }

    private boolean isToMove(StoredObject object) {
        return object.isSealed() && !object.moving && memory.isLeft(object.segment);
    }

    private void reserved(List<Copy> batch, CallException failure) {
        if (failure == null) {
            copy(batch);
            return;
        }
        trouble.accept("objects stay where they are for now: " + failure.getMessage());
        copying = false;
        retryAt = System.nanoTime() + 50 * RETRY_NANOS;
        for (Copy copy : batch) {
            drop(copy);
            waiting.add(copy.object);
        }
    }

    private void copy(List<Copy> batch) {
        mover.execute(() -> {
            batch.forEach(Copy::run);
            conductor.execute(() -> copied(batch));
        });
    }

    private void copied(List<Copy> batch) {
        copying = false;
        for (Copy copy : batch) {
            if (!copy.object.isSealed()) {
                drop(copy);
                continue;
            }
            copy.object.moving = false;
            StoredObject moved = table.move(copy.object, copy.block);
            stays(moved); // the segment it came to may be left, too, by now
        }
    }

    private void drop(Copy copy) {
        copy.object.moving = false;
        memory.freeCopy(copy.block.segment(), copy.block.offset(), copy.block.length());
        table.reclaimSoon();
    }
}

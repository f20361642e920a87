// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.plasma;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.StoreFullException;
import org.thornback.layout.IndexReader;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.StoreProtocol;

/**
 * Puts small objects without a call: copies them into the client's ring, which the store drains when somebody misses them, when
 * it is half full, or when it looks.
 *
 * <p>Safe from any thread. A full ring is waited for by a call; if the store is full, too, that call says so.
 */
final class PutRing {
    /** Longest object with its metadata that goes through the ring, in bytes. */
    static final int MAX_OBJECT = 64 << 10;

    private final ManyToOneRingBuffer ring;
    private final MemorySegment memory;
    private final IndexReader index;
    private final StoreCalls calls;
    private final AtomicBoolean rung = new AtomicBoolean();

    PutRing(SegmentBuffer region, IndexReader index, StoreCalls calls) {
        this.index = requireNonNull(index, "index");
        this.calls = requireNonNull(calls, "calls");
        memory = region.segment();
        ring = new ManyToOneRingBuffer(region);
    }

    void put(PlasmaId id, byte[] metadata, MemorySegment[] body, int dataSize) {
        int length = StoreProtocol.CREATE_LENGTH + dataSize + metadata.length;
        int record = claim(length);
        try {
            AtomicBuffer buffer = ring.buffer();
            StoreProtocol.putId(buffer, record, id);
            buffer.putInt(record + StoreProtocol.METADATA_SIZE_FIELD, metadata.length);
            buffer.putLong(record + StoreProtocol.DATA_SIZE_FIELD, dataSize);
            int position = record + StoreProtocol.CREATE_LENGTH;
            for (MemorySegment part : body) {
                MemorySegment.copy(part, 0, memory, position, part.byteSize());
                position += (int) part.byteSize();
            }
            buffer.putBytes(position, metadata);
        } catch (RuntimeException | Error e) {
            ring.abort(record);
            throw e;
        }
        ring.commit(record);
        ringTheBellWhenNeeded();
    }

    private int claim(int length) {
        int record = ring.tryClaim(StoreProtocol.PUT_RECORD, length);
        while (record == RingBuffer.INSUFFICIENT_CAPACITY) {
            calls.call(StoreProtocol.DRAIN, 0, body -> 0, StoreProtocol.DRAINED, (answer, offset, size) -> {
                if (answer.getInt(offset) != StoreProtocol.OK) {
                    throw new StoreFullException(StoreCalls.text(answer, offset + Integer.BYTES, size - Integer.BYTES));
                }
                return null;
            });
            record = ring.tryClaim(StoreProtocol.PUT_RECORD, length);
        }
        return record;
    }

    private void ringTheBellWhenNeeded() {
        // INVARIANT: the record is visible before the number of waiters is read; the store writes that number, then
        // drains.
        VarHandle.fullFence();
        if (index.isAwaited()) {
            calls.tell(StoreProtocol.DOORBELL);
        } else if (ring.size() < ring.capacity() / 2) {
            if (rung.get()) {
                rung.set(false);
            }
        } else if (!rung.get() && rung.compareAndSet(false, true)) {
            calls.tell(StoreProtocol.DOORBELL);
        }
    }
}

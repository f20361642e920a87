// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.StoreCounter;

/**
 * Creates objects as Arrow's clients expect: at once or not at all, waiting for nothing but fresh memory. Owned by the conductor.
 */
final class CreatesAtOnce {
    /** Part of the capacity that is evicted at least once something must be. */
    private static final int EVICTED_PART = 5;

    private final ObjectTable table;
    private final StoreMemory memory;

    CreatesAtOnce(ObjectTable table, StoreMemory memory) {
        this.table = requireNonNull(table, "table");
        this.memory = requireNonNull(memory, "memory");
    }

    void request(
            ArrowClient client, PlasmaId id, long dataSize, long metadataSize, boolean evict, CreateOutcome outcome) {
        if (table.find(id) != null) {
            outcome.exists();
            return;
        }
        boolean possible = dataSize >= 0
                && metadataSize >= 0
                && dataSize <= memory.capacity()
                && metadataSize <= Integer.MAX_VALUE / 2;
        StoreMemory.Block block = possible ? room(client, dataSize, (int) metadataSize, evict) : null;
        if (block == null) {
            full(outcome);
        } else if (block.isReserved()) {
            outcome.created(create(client, id, block, dataSize, (int) metadataSize));
        } else {
            memory.reserve(
                    block, failure -> reserved(client, id, block, dataSize, (int) metadataSize, failure, outcome));
        }
    }

    private StoreMemory.Block room(ArrowClient client, long dataSize, int metadataSize, boolean evict) {
        long length = StoreSegment.blockLength(dataSize, metadataSize);
        long excess = client.excess(length);
        if (table.isIndexFull() || excess > 0 && (!evict || table.evict(excess, client) < excess)) {
            return null;
        }
        StoreMemory.Block block = memory.allocate(length);
        long enough = Math.max(length, memory.capacity() / EVICTED_PART);
        while (block == null && (table.reclaim() > 0 || evict && isWorthIt(length) && table.evict(enough) > 0)) {
            block = memory.allocate(length);
        }
        return block;
    }

    private boolean isWorthIt(long length) {
        return length <= memory.capacity();
    }

    private StoredObject create(
            ArrowClient client, PlasmaId id, StoreMemory.Block block, long dataSize, int metadataSize) {
        StoredObject object = table.create(client, id, block, dataSize, metadataSize);
        object.foreign = true;
        client.charge(object);
        return object;
    }

    private void reserved(
            ArrowClient client,
            PlasmaId id,
            StoreMemory.Block block,
            long dataSize,
            int metadataSize,
            CallException failure,
            CreateOutcome outcome) {
        if (failure == null && !client.isGone() && table.find(id) == null) {
            outcome.created(create(client, id, block, dataSize, metadataSize));
            return;
        }
        memory.free(block.segment(), block.offset(), block.length());
        if (client.isGone()) {
            return;
        }
        if (failure == null) {
            outcome.exists();
        } else {
            full(outcome);
        }
    }

    private void full(CreateOutcome outcome) {
        table.tally().add(StoreCounter.REFUSED_TOTAL, 1);
        outcome.full("");
    }
}

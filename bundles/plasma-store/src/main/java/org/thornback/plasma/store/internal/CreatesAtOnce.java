// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.StoreCounter;

/**
 * Creates objects as Arrow's clients expect: at once or not at all, waiting for nothing but fresh memory, and for room that is
 * about to come: bytes of deleted objects that somebody reads to the end, held objects that are being written out. Owned by the
 * conductor.
 */
final class CreatesAtOnce {
    /** Part of the capacity that is evicted at least once something must be. */
    private static final int EVICTED_PART = 5;

    private final ObjectTable table;
    private final StoreMemory memory;
    private final Creates creates;
    private final Predicate<PlasmaId> known;
    private final BooleanSupplier roomIsToCome;
    private final Runnable refused;

    /**
     * Creates it.
     *
     * @param creates     waits for room.
     * @param known       says whether there is an object of an id, in memory or written out.
     * @param roomIsToCome says whether waiting may help.
     * @param refused     runs when there was no room.
     */
    CreatesAtOnce(
            ObjectTable table,
            StoreMemory memory,
            Creates creates,
            Predicate<PlasmaId> known,
            BooleanSupplier roomIsToCome,
            Runnable refused) {
        this.known = requireNonNull(known, "known");
        this.creates = requireNonNull(creates, "creates");
        this.roomIsToCome = requireNonNull(roomIsToCome, "roomIsToCome");
        this.refused = requireNonNull(refused, "refused");
        this.table = requireNonNull(table, "table");
        this.memory = requireNonNull(memory, "memory");
    }

    void request(
            ArrowClient client, PlasmaId id, long dataSize, long metadataSize, boolean evict, CreateOutcome outcome) {
        if (known.test(id)) {
            outcome.exists();
            return;
        }
        boolean possible = dataSize >= 0
                && metadataSize >= 0
                && dataSize <= memory.capacity()
                && metadataSize <= Integer.MAX_VALUE / 2;
        StoreMemory.Block block = possible ? room(client, dataSize, (int) metadataSize, evict) : null;
        if (block == null && possible && evict && !client.hasQuota() && roomIsToCome.getAsBoolean()) {
            refused.run();
            creates.request(client, id, dataSize, (int) metadataSize, new Later(client, outcome));
        } else if (block == null) {
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
        return entered(client, table.create(client, id, block, dataSize, metadataSize));
    }

    private static StoredObject entered(ArrowClient client, StoredObject object) {
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
        if (failure == null && !client.isGone() && !known.test(id)) {
            outcome.created(create(client, id, block, dataSize, metadataSize));
            return;
        }
        memory.free(block);
        if (client.isGone()) {
            return;
        }
        if (failure == null) {
            outcome.exists();
        } else {
            full(outcome);
        }
    }

    /** The outcome for a client that waits. */
    private record Later(ArrowClient client, CreateOutcome outcome) implements CreateOutcome {
        @Override
        public void created(StoredObject object) {
            outcome.created(entered(client, object));
        }

        @Override
        public void exists() {
            outcome.exists();
        }

        @Override
        public void full(String sentence) {
            outcome.full(sentence);
        }
    }

    private void full(CreateOutcome outcome) {
        table.tally().add(StoreCounter.REFUSED_TOTAL, 1);
        refused.run();
        outcome.full("");
    }
}

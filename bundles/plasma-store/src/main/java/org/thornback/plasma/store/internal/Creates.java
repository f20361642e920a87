// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Predicate;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.StoreCounter;

/**
 * Wishes to create objects: those that cannot be fulfilled at once wait for deletes, for memory to be reserved, or for the
 * other creator of the same id to seal or give up. Owned by the conductor.
 *
 * <p>Those that wait for room are served in the order they came, so that a large one is not starved by small ones, and give up
 * after a bounded time.
 */
final class Creates {
    private final ObjectTable table;
    private final StoreMemory memory;
    private final Predicate<PlasmaId> out;
    private final long patienceNanos;
    private final Deque<Wish> waiting = new ArrayDeque<>();

    private record Wish(
            Client client,
            PlasmaId id,
            long dataSize,
            int metadataSize,
            boolean back,
            long deadline,
            CreateOutcome outcome) {
        long length() {
            return StoreSegment.blockLength(dataSize, metadataSize);
        }
    }

    /**
     * Creates it.
     *
     * @param out           says whether the object of an id is written out.
     * @param patienceNanos how long a wish waits for room.
     */
    Creates(ObjectTable table, StoreMemory memory, Predicate<PlasmaId> out, long patienceNanos) {
        this.out = requireNonNull(out, "out");
        this.table = requireNonNull(table, "table");
        this.memory = requireNonNull(memory, "memory");
        this.patienceNanos = patienceNanos;
    }

    void request(Client client, PlasmaId id, long dataSize, int metadataSize, CreateOutcome outcome) {
        request(client, id, dataSize, metadataSize, false, outcome);
    }

    /** As {@link #request}, for an object that is out and is to come back. */
    void requestBack(Client client, PlasmaId id, long dataSize, int metadataSize, CreateOutcome outcome) {
        request(client, id, dataSize, metadataSize, true, outcome);
    }

    private void request(
            Client client, PlasmaId id, long dataSize, int metadataSize, boolean back, CreateOutcome outcome) {
        if (dataSize < 0 || metadataSize < 0 || dataSize > Long.MAX_VALUE / 2) {
            outcome.full("object size=" + dataSize + " metadata size=" + metadataSize + " is not possible");
            return;
        }
        long deadline = System.nanoTime() + patienceNanos;
        Wish wish = new Wish(client, id, dataSize, metadataSize, back, deadline, outcome);
        if (!attempt(wish, isRoomAwaited())) {
            waiting.add(wish);
        }
    }

    /** Creates an object at once or not at all, for a put that came through a ring. */
    StoredObject createNow(Client client, PlasmaId id, long dataSize, int metadataSize) {
        StoreMemory.Block block = table.isIndexFull() ? null : room(StoreSegment.blockLength(dataSize, metadataSize));
        if (block == null) {
            return null;
        }
        if (!block.isReserved() && !memory.reserveNow(block)) {
            memory.free(block);
            return null;
        }
        return table.create(client, id, block, dataSize, metadataSize);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Tries again what waits. */
    void retry() {
        boolean roomAwaited = false;
        long now = System.nanoTime();
        for (Iterator<Wish> wishes = waiting.iterator(); wishes.hasNext(); ) {
            Wish wish = wishes.next();
            if (wish.client.isGone() || attempt(wish, roomAwaited)) {
                wishes.remove();
            } else if (table.find(wish.id) == null) {
                if (now - wish.deadline >= 0) {
                    wishes.remove();
                    refuse(wish);
                } else {
                    roomAwaited = true;
                }
            }
        }
    }

    /** Forgets what a client that is gone had asked for. */
    void drop(Client client) {
        waiting.removeIf(wish -> wish.client == client);
    }

    /** Bytes that the first one who waits for room wants; 0 when nobody does. */
    long roomAwaited() {
        return waiting.stream()
                .filter(wish -> table.find(wish.id) == null)
                .mapToLong(Wish::length)
                .findFirst()
                .orElse(0);
    }

    /** Whether somebody waits for room. */
    boolean isRoomAwaited() {
        return waiting.stream().anyMatch(wish -> table.find(wish.id) == null);
    }

    private boolean attempt(Wish wish, boolean othersFirst) {
        StoredObject present = table.find(wish.id);
        if (present != null) {
            if (present.isSealed()) {
                wish.outcome.exists();
            }
            return present.isSealed();
        }
        if (isOut(wish)) { // made and written out while the wish waited
            wish.outcome.exists();
            return true;
        }
        if (wish.length() > memory.capacity()) {
            refuse(wish);
            return true;
        }
        StoreMemory.Block block = othersFirst || table.isIndexFull() ? null : room(wish.length());
        if (block == null) {
            return false;
        }
        if (block.isReserved()) {
            wish.outcome.created(table.create(wish.client, wish.id, block, wish.dataSize, wish.metadataSize));
        } else {
            memory.reserve(block, failure -> reserved(wish, block, failure));
        }
        return true;
    }

    private boolean isOut(Wish wish) {
        return !wish.back && out.test(wish.id);
    }

    private void reserved(Wish wish, StoreMemory.Block block, CallException failure) {
        StoredObject present = table.find(wish.id);
        boolean exists = present != null || isOut(wish);
        if (failure == null && !exists && !wish.client.isGone()) {
            wish.outcome.created(table.create(wish.client, wish.id, block, wish.dataSize, wish.metadataSize));
            return;
        }
        memory.free(block);
        if (wish.client.isGone()) {
            return;
        }
        if (exists) {
            request(wish.client, wish.id, wish.dataSize, wish.metadataSize, wish.back, wish.outcome);
        } else {
            table.tally().add(StoreCounter.REFUSED_TOTAL, 1);
            wish.outcome.full("object id=" + wish.id + " size=" + wish.dataSize
                    + " bytes does not fit: the memory below the store is full (" + failure.getMessage()
                    + "), make room there or choose a smaller object-store-memory");
        }
    }

    private StoreMemory.Block room(long length) {
        StoreMemory.Block block = memory.allocate(length);
        while (block == null && (table.reclaim() > 0 || table.evict(length) > 0)) {
            block = memory.allocate(length);
        }
        return block;
    }

    private void refuse(Wish wish) {
        table.tally().add(StoreCounter.REFUSED_TOTAL, 1);
        if (wish.length() > memory.capacity()) {
            wish.outcome.full("object id=" + wish.id + " size=" + wish.dataSize
                    + " bytes is larger than the whole store, object-store-memory=" + memory.capacity()
                    + ": raise it or put smaller objects");
        } else {
            wish.outcome.full("object store is full: object id=" + wish.id + " size=" + wish.dataSize
                    + " bytes does not fit, used=" + memory.used() + " of object-store-memory=" + memory.capacity()
                    + " is held or in use; release references or raise it");
        }
    }
}

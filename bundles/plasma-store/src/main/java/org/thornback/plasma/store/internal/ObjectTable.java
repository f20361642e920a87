// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.agrona.collections.LongHashSet;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.IndexDescriptor;

/**
 * The life of objects: created, sealed, leaving, gone. Keeps index, order of use, holds and memory in step.
 *
 * <p>Owned by the conductor. Memory of an object is reused only when its state was changed, then a full fence, and then no pin
 * page named it.
 */
final class ObjectTable {
    private static final long RECLAIM_PAUSE_NANOS = 15_000_000;

    private final ObjectIndex index;
    private final StoreMemory memory;
    private final Collection<? extends PinningClient> clients;
    private final ObjectEvents events;
    private final Holds holds = new Holds();
    private final UseOrder evictable = new UseOrder();
    private final List<StoredObject> leaving = new ArrayList<>();
    private final Tally tally;
    private boolean leavingAdded;
    private long nextReclaim;

    ObjectTable(
            ObjectIndex index, StoreMemory memory, Collection<? extends PinningClient> clients, ObjectEvents events) {
        this.index = requireNonNull(index, "index");
        this.memory = requireNonNull(memory, "memory");
        this.clients = requireNonNull(clients, "clients");
        this.events = requireNonNull(events, "events");
        tally = new Tally(index);
    }

    Tally tally() {
        return tally;
    }

    StoredObject find(PlasmaId id) {
        return index.find(id);
    }

    boolean isSealed(PlasmaId id) {
        StoredObject object = index.find(id);
        return object != null && object.isSealed();
    }

    Iterable<StoredObject> all() {
        return index.all();
    }

    int holders(PlasmaId id) {
        return holds.count(id);
    }

    boolean isIndexFull() {
        return index.isFull();
    }

    /** Enters an object that is being written. */
    StoredObject create(Client creator, PlasmaId id, StoreMemory.Block block, long dataSize, int metadataSize) {
        StoredObject object =
                new StoredObject(id, block.segment(), block.offset(), block.length(), dataSize, metadataSize);
        object.creator = creator;
        creator.unsealed().add(object);
        index.add(object);
        tally.created(object);
        return object;
    }

    /** Makes an object immutable and visible. */
    void seal(StoredObject object) {
        if (object.state() != IndexDescriptor.CREATED) {
            throw new IllegalStateException("object id=" + object.id + " is not being written");
        }
        Client creator = object.creator;
        creator.unsealed().remove(object);
        object.sealedMillis = System.currentTimeMillis();
        index.setState(object, IndexDescriptor.SEALED);
        tally.sealed();
        if (holds.isHeld(object.id)) {
            object.creator = null;
        } else if (creator.keepsUnclaimed()) {
            creator.unclaimed().add(object);
        } else {
            object.creator = null;
            evictable.add(object);
        }
        events.sealed(object);
        if (object.deleteWhenSealed || object.deleteWhenUnused && !isUsed(object)) {
            delete(object);
        }
    }

    /** Drops an object that is being written. */
    void abort(StoredObject object) {
        object.creator.unsealed().remove(object);
        index.remove(object);
        free(object);
        tally.aborted();
        events.progress();
    }

    /** Deletes an object: a sealed one vanishes at once, one that is being written when it is sealed. */
    void delete(StoredObject object) {
        holds.removeAll(object.id);
        if (!object.isSealed()) {
            object.deleteWhenSealed = true;
            return;
        }
        leave(object);
        leaving.add(object);
        leavingAdded = true;
        tally.deleted(leaving.size());
        events.deleted(object, false);
    }

    private void leave(StoredObject object) {
        index.setState(object, IndexDescriptor.LEAVING);
        forget(object);
        index.remove(object);
    }

    private void forget(StoredObject object) {
        evictable.remove(object);
        if (object.creator != null) {
            object.creator.unclaimed().remove(object);
            object.creator = null;
        }
    }

    private void free(StoredObject object) {
        index.freeSlot(object);
        memory.free(object.segment, object.offset, object.length);
        if (object.payer != null) {
            object.payer.refund(object.length);
        }
    }

    /**
     * Deletes an object as soon as it is sealed and nobody references or holds it; bytes that are only pinned stay until they
     * are not. Returns whether that was at once.
     */
    boolean deleteWhenUnused(StoredObject object) {
        if (object.isSealed() && !isUsed(object)) {
            delete(object);
            return true;
        }
        object.deleteWhenUnused = true;
        return false;
    }

    private boolean isUsed(StoredObject object) {
        return object.references > 0 || holds.isHeld(object.id);
    }

    /** One of Arrow's clients uses an object from now on. */
    void reference(StoredObject object) {
        object.references++;
        evictable.used(object);
    }

    /** One of Arrow's clients does not use an object any more. */
    void dereference(StoredObject object) {
        object.references--;
        if (object.references > 0) {
            return;
        }
        evictable.used(object);
        if (object.state() == IndexDescriptor.LEAVING) {
            leavingAdded = true;
        } else if (object.isSealed() && object.deleteWhenUnused && !isUsed(object)) {
            delete(object);
        }
        events.progress();
    }

    /** Takes note that an object was used, as far as it may be evicted. */
    void touch(StoredObject object) {
        evictable.used(object);
    }

    boolean hasLeaving() {
        return !leaving.isEmpty();
    }

    /** Reclaims what was just deleted, and now and then looks again at what was pinned. */
    void reclaimWhenDue() {
        if (leavingAdded || hasLeaving() && System.nanoTime() - nextReclaim >= 0) {
            reclaim();
        }
    }

    /** Frees what was deleted and is not pinned any more. Returns how many bytes. */
    long reclaim() {
        leavingAdded = false;
        if (leaving.isEmpty()) {
            return 0;
        }
        nextReclaim = System.nanoTime() + RECLAIM_PAUSE_NANOS;
        VarHandle.fullFence();
        LongHashSet pinned = pins();
        long freed = 0;
        int kept = 0;
        for (StoredObject object : leaving) {
            if (object.references > 0 || pinned.contains(object.pinEntry())) {
                leaving.set(kept++, object);
            } else {
                freed += object.length;
                free(object);
            }
        }
        leaving.subList(kept, leaving.size()).clear();
        tally.leaving(kept);
        if (freed > 0) {
            events.progress();
        }
        return freed;
    }

    /** Evicts what was used longest ago and is neither held nor pinned. Returns how many bytes, at least {@code wanted} if any. */
    long evict(long wanted) {
        return evict(wanted, null);
    }

    /** As {@link #evict(long)}, but only what counts against the quota of a client, unless that is null. */
    long evict(long wanted, Client payer) {
        noteAccesses();
        LongHashSet pinned = pins();
        List<StoredObject> chosen = new ArrayList<>();
        long sum = 0;
        for (StoredObject object = evictable.oldest(); object != null && sum < wanted; object = object.newer) {
            boolean eligible = object.references == 0 && (payer == null || object.payer == payer);
            if (eligible && !pinned.contains(object.pinEntry())) {
                chosen.add(object);
                sum += object.length;
            }
        }
        chosen.forEach(object -> index.setState(object, IndexDescriptor.LEAVING));
        VarHandle.fullFence();
        LongHashSet pinnedMeanwhile = chosen.isEmpty() ? pinned : pins();
        long freed = 0;
        for (StoredObject object : chosen) {
            if (pinnedMeanwhile.contains(object.pinEntry())) {
                index.setState(object, IndexDescriptor.SEALED);
            } else {
                freed += object.length;
                forget(object);
                index.remove(object);
                free(object);
                tally.evicted(object);
                events.deleted(object, true);
            }
        }
        return freed;
    }

    void hold(PlasmaId id, String holder) {
        holds.add(id, holder);
        StoredObject object = index.find(id);
        if (object != null && object.isSealed()) {
            forget(object);
        }
    }

    void release(PlasmaId id, String holder) {
        if (holds.isHeld(id) && holds.remove(id, holder)) {
            StoredObject object = index.find(id);
            if (object != null && object.isSealed()) {
                evictable.add(object);
                if (object.deleteWhenUnused && !isUsed(object)) {
                    delete(object);
                }
            }
        }
    }

    void releaseAll(String holder) {
        holds.heldBy(holder).forEach(id -> release(id, holder));
    }

    /** Ends what a client has: objects it writes go, those it sealed may be evicted from now on. */
    void drop(Client client) {
        for (StoredObject object : List.copyOf(client.unsealed())) {
            abort(object);
        }
        for (Iterator<StoredObject> objects = client.unclaimed().iterator(); objects.hasNext(); ) {
            StoredObject object = objects.next();
            objects.remove();
            object.creator = null;
            evictable.add(object);
        }
    }

    private void noteAccesses() {
        for (PinningClient client : clients) {
            client.accessesSeen(client.pins().forEachAccess(client.accessesSeen(), value -> {
                StoredObject object = index.named(value);
                if (object != null) {
                    evictable.used(object);
                }
            }));
        }
    }

    /** Every pin there is, whoever has it. */
    LongHashSet pins() {
        LongHashSet pinned = new LongHashSet();
        for (PinningClient client : clients) {
            client.pins().forEachPin(pinned::add);
        }
        return pinned;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.agrona.collections.LongHashSet;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.IndexDescriptor;

/**
 * The life of objects: created, sealed, leaving, gone. Keeps index, order of use, holds and memory in step.
 *
 * <p>Owned by the conductor.
 */
final class ObjectTable {
    private final ObjectIndex index;
    private final StoreMemory memory;
    private final ObjectEvents events;
    private final Holds holds = new Holds();
    private final Uses uses;
    private final LeavingObjects leaving;
    private final Tally tally;

    ObjectTable(
            ObjectIndex index, StoreMemory memory, Collection<? extends PinningClient> clients, ObjectEvents events) {
        this.index = requireNonNull(index, "index");
        this.memory = requireNonNull(memory, "memory");
        uses = new Uses(index, clients);
        leaving = new LeavingObjects(uses::pins, this::free);
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
        StoredObject object = new StoredObject(id, block, dataSize, metadataSize);
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
        if (!object.restored) {
            object.sealedMillis = System.currentTimeMillis();
        }
        index.setState(object, IndexDescriptor.SEALED);
        tally.sealed();
        if (holds.isHeld(object.id)) {
            object.creator = null;
            uses.held().add(object);
        } else if (creator.keepsUnclaimed()) {
            creator.unclaimed().add(object);
        } else {
            object.creator = null;
            uses.evictable().add(object);
        }
        events.sealed(object);
        if (object.deleteWhenSealed || object.deleteWhenUnused && !isUsed(object)) {
            delete(object);
        }
    }

    /** Lets an object that was written out appear again, as if it had never been away; its bytes have been read. */
    void restore(StoredObject object, SpilledObject spilled) {
        object.restored = true;
        object.createdMillis = spilled.createdMillis();
        index.setCreated(object);
        object.sealedMillis = spilled.sealedMillis();
        object.digest = spilled.digest();
        object.foreign = spilled.foreign();
        seal(object);
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
        tally.deleted(leaving.count());
        events.deleted(object, false);
    }

    private void leave(StoredObject object) {
        index.setState(object, IndexDescriptor.LEAVING);
        forget(object);
        index.remove(object);
    }

    private void forget(StoredObject object) {
        if (object.order != null) {
            object.order.remove(object);
        }
        if (object.creator != null) {
            object.creator.unclaimed().remove(object);
            object.creator = null;
        }
    }

    private void free(StoredObject object) {
        index.freeSlot(object);
        object.unlink();
        if (object.moved) {
            memory.freeCopy(object.segment, object.offset, object.length);
        } else {
            memory.free(object.segment, object.offset, object.length);
        }
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
        return object.allReferences() > 0 || holds.isHeld(object.id);
    }

    /** One of Arrow's clients uses an object from now on. */
    void reference(StoredObject object) {
        object.references++;
        touch(object);
    }

    /** One of Arrow's clients does not use an object any more. */
    void dereference(StoredObject object) {
        object.references--;
        if (object.references > 0) {
            return;
        }
        leaving.lookSoon();
        StoredObject latest = object.latest();
        touch(latest);
        if (latest.isSealed() && latest.deleteWhenUnused && !isUsed(latest)) {
            delete(latest);
        }
        events.progress();
    }

    /** Takes note that an object was used. */
    void touch(StoredObject object) {
        uses.touch(object);
    }

    boolean hasLeaving() {
        return leaving.count() > 0;
    }

    /** Reclaims what was just deleted, and now and then looks again at what was pinned. */
    void reclaimWhenDue() {
        if (leaving.isDue()) {
            reclaim();
        }
    }

    /** Looks in this turn whether bytes of objects that are leaving have become free. */
    void reclaimSoon() {
        leaving.lookSoon();
    }

    /** Frees what was deleted and is not pinned any more. Returns how many bytes. */
    long reclaim() {
        long freed = leaving.reclaim();
        tally.leaving(leaving.count());
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
        List<StoredObject> chosen =
                uses.longestUnused(uses.evictable(), wanted, object -> payer == null || object.payer == payer);
        long freed = 0;
        for (StoredObject object : uses.leave(chosen)) {
            freed += object.length;
            boolean kept = events.isKept(object);
            takeOut(object);
            if (kept) {
                tally.spilled();
            } else {
                tally.evicted(object);
                events.deleted(object, true);
            }
        }
        return freed;
    }

    private void takeOut(StoredObject object) {
        forget(object);
        index.remove(object);
        free(object);
    }

    /** Held objects that nobody uses now, those used longest ago first, of at least so many bytes if there are as many. */
    List<StoredObject> heldLongestUnused(long wanted) {
        return uses.longestUnused(uses.held(), wanted, object -> true);
    }

    /** Whether there is a sealed object that somebody holds. */
    boolean hasHeld() {
        return uses.held().oldest() != null;
    }

    /** Takes objects out of the table that are kept elsewhere now; those that somebody uses or released meanwhile stay. */
    Set<StoredObject> takeOut(List<StoredObject> objects) {
        List<StoredObject> unused = uses.leave(objects.stream()
                .filter(object -> uses.held().contains(object) && object.allReferences() == 0)
                .toList());
        for (StoredObject object : unused) {
            takeOut(object);
            tally.spilled();
        }
        events.progress();
        return new HashSet<>(unused);
    }

    /** Whether somebody holds an id, whether its object is here or not. */
    boolean isHeld(PlasmaId id) {
        return holds.isHeld(id);
    }

    void hold(PlasmaId id, String holder) {
        holds.add(id, holder);
        StoredObject object = index.find(id);
        if (object != null && object.isSealed() && !uses.held().contains(object)) {
            forget(object);
            uses.held().add(object);
        }
    }

    void release(PlasmaId id, String holder) {
        if (holds.isHeld(id) && holds.remove(id, holder)) {
            StoredObject object = index.find(id);
            if (object != null && object.isSealed()) {
                uses.held().remove(object);
                uses.evictable().add(object);
                if (object.deleteWhenUnused && !isUsed(object)) {
                    delete(object);
                }
            }
        }
    }

    List<PlasmaId> heldBy(String holder) {
        return holds.heldBy(holder);
    }

    void dropHolds(PlasmaId id) {
        holds.removeAll(id);
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
            uses.evictable().add(object);
        }
    }

    /** Lets a sealed object appear at its new place, where its bytes have been copied; those at the old one go when unused. */
    StoredObject move(StoredObject former, StoreMemory.Block block) {
        Client creator = former.creator;
        StoredObject moved = former.movedTo(block);
        index.move(former, moved);
        if (former.order != null) {
            former.order.replace(former, moved);
        }
        if (creator != null && creator.unclaimed().remove(former)) {
            creator.unclaimed().add(moved);
        }
        leaving.add(former);
        tally.moved(moved, leaving.count());
        return moved;
    }

    /** The pins of each client that has some; for {@link StoredObject#users}. */
    List<LongHashSet> pinsOfEach() {
        return uses.pinsOfEach();
    }
}

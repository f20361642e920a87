// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.util.List;
import org.agrona.collections.LongHashSet;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.IndexDescriptor;

/** One object as the conductor knows it; the index holds what clients need of it. Owned by the conductor. */
final class StoredObject {
    final PlasmaId id;
    final StoreSegment segment;
    final long offset;
    final long length;
    final long dataSize;
    final int metadataSize;

    /** When it was created, in ms since 1970; of an object that has come back: the first time. */
    long createdMillis;

    int slot = -1;
    long control;

    /** The client that writes it, or that wrote it and is still connected; null for nobody. */
    Client creator;

    /** The client whose quota it counts against; null for nobody. */
    ArrowClient payer;

    /** Made by one of Arrow's clients: its id says nothing of a job. */
    boolean foreign;

    /** How many of Arrow's clients use it; those of ours say so on their pin pages. */
    int references;

    /** What its creator said it found in the data; the store only keeps it. */
    long digest;

    /** When it was sealed, in ms since 1970; 0 before. */
    long sealedMillis;

    /** Its bytes are being copied to another place: they must not go meanwhile. */
    boolean moving;

    /** Itself at a former place that somebody still reads, or null. */
    StoredObject former;

    /** Itself at the next place, for a former self; null when it is no former self, or the object has gone since. */
    StoredObject next;

    /** A former self: its bytes do not count. */
    boolean moved;

    /** To be deleted as soon as it is sealed, whoever uses it. */
    boolean deleteWhenSealed;

    /** To be deleted as soon as it is sealed and nobody references or holds it. */
    boolean deleteWhenUnused;

    /** It was out and has come back: nobody hears of that. */
    boolean restored;

    /** The order of use it is in, and its neighbours there; only sealed objects have them. */
    UseOrder order;

    StoredObject older;

    StoredObject newer;

    StoredObject(PlasmaId id, StoreMemory.Block block, long dataSize, int metadataSize) {
        this(id, block, dataSize, metadataSize, System.currentTimeMillis());
    }

    private StoredObject(PlasmaId id, StoreMemory.Block block, long dataSize, int metadataSize, long createdMillis) {
        this.id = id;
        this.segment = block.segment();
        this.offset = block.offset();
        this.length = block.length();
        this.dataSize = dataSize;
        this.metadataSize = metadataSize;
        this.createdMillis = createdMillis;
    }

    /** The same object at another place; this one becomes its former self. */
    StoredObject movedTo(StoreMemory.Block block) {
        StoredObject there = new StoredObject(id, block, dataSize, metadataSize, createdMillis);
        there.creator = creator;
        there.payer = payer;
        there.foreign = foreign;
        there.digest = digest;
        there.sealedMillis = sealedMillis;
        there.deleteWhenUnused = deleteWhenUnused;
        there.former = this;
        next = there;
        moved = true;
        creator = null;
        payer = null;
        return there;
    }

    /** The object where it is now, for a former self. */
    StoredObject latest() {
        StoredObject object = this;
        while (object.next != null) {
            object = object.next;
        }
        return object;
    }

    /** How many of Arrow's clients use it, wherever. */
    int allReferences() {
        int count = 0;
        for (StoredObject object = this; object != null; object = object.former) {
            count += object.references;
        }
        return count;
    }

    /** Whether it is among the pinned ones, wherever. */
    boolean isIn(LongHashSet pinned) {
        for (StoredObject object = this; object != null; object = object.former) {
            if (pinned.contains(object.pinEntry())) {
                return true;
            }
        }
        return false;
    }

    /** How many clients use it, wherever: those of ours pin it, Arrow's say so. */
    int users(List<LongHashSet> pinsOfEach) {
        int count = allReferences();
        for (LongHashSet pins : pinsOfEach) {
            count += isIn(pins) ? 1 : 0;
        }
        return count;
    }

    /** Its bytes are gone: those of its other selves know nothing of it any more. */
    void unlink() {
        if (former != null) {
            former.next = next;
        }
        if (next != null) {
            next.former = former;
        }
        former = null;
        next = null;
    }

    int state() {
        return IndexDescriptor.state(control);
    }

    boolean isSealed() {
        return state() == IndexDescriptor.SEALED;
    }

    long pinEntry() {
        return IndexDescriptor.pinEntry(slot, control);
    }
}

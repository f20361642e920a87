// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

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
    final long createdMillis;

    int slot = -1;
    long control;

    /** The client that writes it, or that wrote it and is still connected; null for nobody. */
    Client creator;

    /** Made by one of our clients, and nobody held it yet: its holder is still on the way, so it is not evicted. */
    boolean unclaimed;

    boolean deleteWhenSealed;

    /** Neighbours in the order of use; only sealed objects have them. */
    StoredObject older;

    StoredObject newer;

    StoredObject(PlasmaId id, StoreSegment segment, long offset, long length, long dataSize, int metadataSize) {
        this.id = id;
        this.segment = segment;
        this.offset = offset;
        this.length = length;
        this.dataSize = dataSize;
        this.metadataSize = metadataSize;
        this.createdMillis = System.currentTimeMillis();
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

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

    /** To be deleted as soon as it is sealed, whoever uses it. */
    boolean deleteWhenSealed;

    /** To be deleted as soon as it is sealed and nobody references or holds it. */
    boolean deleteWhenUnused;

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

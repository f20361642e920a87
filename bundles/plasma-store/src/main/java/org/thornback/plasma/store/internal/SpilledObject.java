// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.SpillTarget;
import org.thornback.layout.arrow.ArrowWriter;

/**
 * An object that lies at a spill target, and what the store knew of it.
 *
 * @param id            its name.
 * @param target        who has it.
 * @param place         where, there.
 * @param dataSize      bytes of data.
 * @param metadataSize  bytes of metadata.
 * @param createdMillis when it was created, in ms since 1970.
 * @param sealedMillis  when it was sealed, in ms since 1970.
 * @param digest        what its creator said.
 * @param foreign       made by one of Arrow's clients.
 */
record SpilledObject(
        PlasmaId id,
        SpillTarget target,
        long place,
        long dataSize,
        int metadataSize,
        long createdMillis,
        long sealedMillis,
        long digest,
        boolean foreign) {
    SpilledObject {
        requireNonNull(id, "id");
        requireNonNull(target, "target");
    }

    static SpilledObject of(StoredObject object, SpillTarget target, long place) {
        return new SpilledObject(
                object.id,
                target,
                place,
                object.dataSize,
                object.metadataSize,
                object.createdMillis,
                object.sealedMillis,
                object.digest,
                object.foreign);
    }

    long length() {
        return dataSize + metadataSize;
    }

    /** Tells Arrow's clients of it. */
    void info(ArrowWriter writer, int references, boolean deletion) {
        writer.info(id, dataSize, metadataSize, references, createdMillis, sealedMillis, digest, deletion);
    }
}

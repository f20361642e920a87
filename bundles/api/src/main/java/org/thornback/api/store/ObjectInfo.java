// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What the store knows of an object.
 *
 * @param id           its name.
 * @param state        where it is in its life.
 * @param dataSize     bytes of data.
 * @param metadataSize bytes of metadata, right after the data.
 * @param created      when it was created.
 * @param holders      how many hold it, so that it is not evicted.
 * @param pins         how many clients pin it now.
 * @param segment      number of the segment it lies in, 0 for one that was written out.
 */
public record ObjectInfo(
        PlasmaId id,
        ObjectState state,
        long dataSize,
        int metadataSize,
        Instant created,
        int holders,
        int pins,
        int segment) {

    /** Checks that nothing is missing. */
    public ObjectInfo {
        requireNonNull(id, "id");
        requireNonNull(state, "state");
        requireNonNull(created, "created");
    }
}

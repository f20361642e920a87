// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.LongHashSet;
import org.thornback.api.store.ObjectInfo;
import org.thornback.api.store.ObjectState;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.IndexDescriptor;
import org.thornback.layout.PlasmaIds;

/** Lists objects for those who ask. Belongs to the conductor. */
final class Listing {
    private final ObjectTable table;
    private final Spill spill;

    Listing(ObjectTable table, Spill spill) {
        this.table = requireNonNull(table, "table");
        this.spill = requireNonNull(spill, "spill");
    }

    /** Every object once, wherever it is. */
    List<ObjectInfo> all() {
        List<LongHashSet> pins = table.pinsOfEach();
        List<ObjectInfo> infos = new ArrayList<>();
        for (StoredObject object : table.all()) {
            if (object.next == null) {
                infos.add(describe(object, pins));
            }
        }
        spill.all().forEach(object -> infos.add(describe(object)));
        return infos;
    }

    /** Ids of a job's objects; those of Arrow's clients say nothing of a job. */
    List<PlasmaId> ofJob(int jobId) {
        List<PlasmaId> ids = new ArrayList<>();
        for (StoredObject object : table.all()) {
            boolean ofJob = !object.foreign && PlasmaIds.jobOf(object.id) == jobId;
            if (ofJob && object.state() != IndexDescriptor.LEAVING) {
                ids.add(object.id);
            }
        }
        for (SpilledObject object : spill.all()) {
            if (!object.foreign() && PlasmaIds.jobOf(object.id()) == jobId) {
                ids.add(object.id());
            }
        }
        return ids;
    }

    private ObjectInfo describe(StoredObject object, List<LongHashSet> pins) {
        ObjectState state = switch (object.state()) {
            case IndexDescriptor.CREATED -> ObjectState.CREATED;
            case IndexDescriptor.SEALED -> ObjectState.SEALED;
            default -> ObjectState.LEAVING;
        };
        return new ObjectInfo(
                object.id,
                state,
                object.dataSize,
                object.metadataSize,
                Instant.ofEpochMilli(object.createdMillis),
                table.holders(object.id),
                object.users(pins),
                object.segment.number());
    }

    private ObjectInfo describe(SpilledObject object) {
        return new ObjectInfo(
                object.id(),
                ObjectState.SPILLED,
                object.dataSize(),
                object.metadataSize(),
                Instant.ofEpochMilli(object.createdMillis()),
                table.holders(object.id()),
                0,
                0);
    }
}

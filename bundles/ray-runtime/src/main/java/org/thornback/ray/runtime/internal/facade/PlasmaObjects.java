// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.facade;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.PlasmaIds;
import org.thornback.ray.runtime.internal.object.LocalStore;
import org.thornback.ray.runtime.internal.object.StoredValue;
import org.thornback.ray.runtime.internal.plasma.PinnedObject;
import org.thornback.ray.runtime.internal.plasma.PlasmaClient;
import org.thornback.ray.runtime.internal.value.ValueCodec;
import org.thornback.ray.runtime.internal.value.ValueTag;

/** Objects by Ray's ids in the plasma store of the node. Safe from any thread. */
final class PlasmaObjects implements LocalStore {
    private final PlasmaClient client;
    private final Set<PlasmaId> expected = ConcurrentHashMap.newKeySet();

    PlasmaObjects(PlasmaClient client) {
        this.client = requireNonNull(client, "client");
    }

    @Override
    public void put(byte[] objectId, byte[] metadata, MemorySegment body) {
        client.put(PlasmaIds.ofRay(objectId), metadata, body);
    }

    @Override
    public boolean contains(byte[] objectId) {
        return client.contains(PlasmaIds.ofRay(objectId));
    }

    @Override
    public void tellWhenSealed(byte[] objectId, Runnable action) {
        PlasmaId id = PlasmaIds.ofRay(objectId);
        if (expected.add(id)) {
            client.whenSealed(id, () -> {
                expected.remove(id);
                action.run();
            });
        }
    }

    @Override
    public Optional<StoredValue> read(byte[] objectId, ValueCodec codec) {
        return find(objectId).map(object -> decode(object, codec));
    }

    @Override
    public Optional<byte[]> metadata(byte[] objectId) {
        return find(objectId).map(object -> {
            try (object) {
                return object.metadata();
            }
        });
    }

    /** What the store says is there may have been written out again before it is pinned: then it is asked again. */
    private Optional<PinnedObject> find(byte[] objectId) {
        PlasmaId id = PlasmaIds.ofRay(objectId);
        Optional<PinnedObject> found = client.tryGet(id);
        while (found.isEmpty() && client.locate(id)) {
            found = client.tryGet(id);
        }
        return found;
    }

    private static StoredValue decode(PinnedObject object, ValueCodec codec) {
        try (object) {
            ValueTag tag = tag(object);
            Object value =
                    ValueCodec.isView(tag) ? codec.decodeView(tag, object.view()) : codec.decode(tag, object.data());
            return new StoredValue(value, tag.isError());
        }
    }

    /** Values of Ray have one byte of metadata; what else others may write there, the body is bytes. */
    private static ValueTag tag(PinnedObject object) {
        if (object.metadataSize() != 1) {
            return ValueTag.BYTES;
        }
        byte code = object.metadataByte(0);
        return ValueTag.isKnown(code) ? ValueTag.of(code) : ValueTag.BYTES;
    }
}

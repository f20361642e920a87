// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.fake;

import io.ray.api.id.ObjectId;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.thornback.ray.runtime.internal.object.LocalStore;
import org.thornback.ray.runtime.internal.object.StoredValue;
import org.thornback.ray.runtime.internal.value.ValueCodec;
import org.thornback.ray.runtime.internal.value.ValueTag;

/** A store on the heap that keeps what it is given. Safe from any thread. */
public final class MemoryStore implements LocalStore {
    private final Map<ObjectId, Entry> objects = new ConcurrentHashMap<>();
    private final Map<ObjectId, List<Runnable>> waiting = new ConcurrentHashMap<>();

    private record Entry(byte[] metadata, byte[] body) {}

    @Override
    public void put(byte[] objectId, byte[] metadata, MemorySegment body) {
        ObjectId id = new ObjectId(objectId);
        objects.putIfAbsent(id, new Entry(metadata, body.toArray(ValueLayout.JAVA_BYTE)));
        List<Runnable> actions = waiting.remove(id);
        if (actions != null) {
            actions.forEach(Runnable::run);
        }
    }

    @Override
    public boolean contains(byte[] objectId) {
        return objects.containsKey(new ObjectId(objectId));
    }

    @Override
    public void tellWhenSealed(byte[] objectId, Runnable action) {
        if (contains(objectId)) {
            action.run();
        } else {
            waiting.computeIfAbsent(new ObjectId(objectId), id -> new ArrayList<>())
                    .add(action);
        }
    }

    @Override
    public Optional<StoredValue> read(byte[] objectId, ValueCodec codec) {
        Entry entry = objects.get(new ObjectId(objectId));
        if (entry == null) {
            return Optional.empty();
        }
        ValueTag tag = entry.metadata().length == 0 ? ValueTag.BYTES : ValueTag.of(entry.metadata()[0]);
        return Optional.of(new StoredValue(codec.decode(tag, MemorySegment.ofArray(entry.body())), tag.isError()));
    }

    @Override
    public Optional<byte[]> metadata(byte[] objectId) {
        return Optional.ofNullable(objects.get(new ObjectId(objectId))).map(Entry::metadata);
    }

    /** How many objects there are. */
    public int size() {
        return objects.size();
    }
}

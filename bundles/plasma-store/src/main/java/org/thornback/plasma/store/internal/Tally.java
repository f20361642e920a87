// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.util.EnumMap;
import java.util.Map;
import org.thornback.api.store.StoreCounter;
import org.thornback.layout.IndexReader;

/** Counts what happens and writes it into the index for everybody to see. Owned by the conductor. */
final class Tally {
    private final ObjectIndex index;
    private final long[] values = new long[StoreCounter.values().length];

    Tally(ObjectIndex index) {
        this.index = index;
    }

    void created(StoredObject object) {
        add(StoreCounter.CREATED_OBJECTS, 1);
        add(StoreCounter.CREATED_TOTAL, 1);
        add(StoreCounter.CREATED_BYTES_TOTAL, object.dataSize + object.metadataSize);
    }

    void sealed() {
        add(StoreCounter.CREATED_OBJECTS, -1);
        add(StoreCounter.SEALED_OBJECTS, 1);
    }

    void aborted() {
        add(StoreCounter.CREATED_OBJECTS, -1);
        add(StoreCounter.ABORTED_TOTAL, 1);
    }

    void deleted(int leaving) {
        add(StoreCounter.SEALED_OBJECTS, -1);
        add(StoreCounter.DELETED_TOTAL, 1);
        leaving(leaving);
    }

    void leaving(int count) {
        set(StoreCounter.LEAVING_OBJECTS, count);
    }

    void moved(StoredObject object, int leaving) {
        add(StoreCounter.MOVED_TOTAL, 1);
        add(StoreCounter.MOVED_BYTES_TOTAL, object.length);
        leaving(leaving);
    }

    /** One object fewer is here, for it was written out. */
    void spilled() {
        add(StoreCounter.SEALED_OBJECTS, -1);
    }

    void evicted(StoredObject object) {
        add(StoreCounter.SEALED_OBJECTS, -1);
        add(StoreCounter.EVICTED_TOTAL, 1);
        add(StoreCounter.EVICTED_BYTES_TOTAL, object.length);
    }

    void add(StoreCounter counter, long delta) {
        set(counter, values[counter.ordinal()] + delta);
    }

    void set(StoreCounter counter, long value) {
        values[counter.ordinal()] = value;
        index.count(counter, value);
    }

    /** What a reader of the index sees, for the process that has it anyway. */
    static Map<StoreCounter, Long> snapshot(IndexReader reader) {
        Map<StoreCounter, Long> snapshot = new EnumMap<>(StoreCounter.class);
        for (StoreCounter counter : StoreCounter.values()) {
            snapshot.put(counter, reader.counter(counter));
        }
        return snapshot;
    }
}

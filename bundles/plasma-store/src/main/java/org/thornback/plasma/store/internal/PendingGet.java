// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.arrow.FoundObjects;

/**
 * One get of an Arrow client, and what has been found for it; used again for the next. Owned by the conductor.
 *
 * <p>An object that was found is referenced at once, so that it is still there when the last one comes.
 */
final class PendingGet implements FoundObjects, Watches.Watcher {
    private static final int KEPT = 1024;

    private final PendingGets gets;
    private final Asker asker;
    private PlasmaId[] ids = new PlasmaId[4];
    private StoredObject[] objects = new StoredObject[4];
    private StoreSegment[] segments = new StoreSegment[4];
    private int count;
    private int segmentCount;
    private int missing;
    private long deadline;
    private Map<PlasmaId, int[]> places = Map.of();

    /** Whoever asks. */
    interface Asker {
        /** Finds an object that was just sealed. */
        StoredObject find(PlasmaId id);

        /** An object was found; it is to be kept from now on. Returns it where whoever asks has it or is to have it. */
        StoredObject found(StoredObject object);

        /** All are there, or the time is over. */
        void complete();
    }

    PendingGet(PendingGets gets, Asker asker) {
        this.gets = requireNonNull(gets, "gets");
        this.asker = requireNonNull(asker, "asker");
    }

    void begin(int size) {
        if (size > ids.length || ids.length > KEPT && size <= KEPT) {
            ids = new PlasmaId[Math.max(4, size)];
            objects = new StoredObject[ids.length];
        }
        count = 0;
        segmentCount = 0;
        missing = 0;
    }

    /** Adds an id with its object, null when that is not there. */
    void add(PlasmaId id, StoredObject object) {
        ids[count] = id;
        objects[count] = null;
        if (object == null) {
            missing++;
        } else {
            enter(count, object);
        }
        count++;
    }

    private void enter(int number, StoredObject latest) {
        StoredObject object = asker.found(latest);
        objects[number] = object;
        for (int i = 0; i < segmentCount; i++) {
            if (segments[i] == object.segment) {
                return;
            }
        }
        if (segmentCount == segments.length) {
            segments = Arrays.copyOf(segments, segmentCount * 2);
        }
        segments[segmentCount++] = object.segment;
    }

    int missing() {
        return missing;
    }

    long deadline() {
        return deadline;
    }

    Set<PlasmaId> awaited() {
        return places.keySet();
    }

    void beginWaiting(long until) {
        deadline = until;
        Map<PlasmaId, int[]> awaited = new HashMap<>();
        for (int i = 0; i < count; i++) {
            if (objects[i] == null) {
                awaited.merge(ids[i], new int[] {i}, PendingGet::append);
            }
        }
        places = awaited;
    }

    private static int[] append(int[] some, int[] one) {
        int[] more = Arrays.copyOf(some, some.length + 1);
        more[some.length] = one[0];
        return more;
    }

    @Override
    public void onSealed(PlasmaId id) {
        int[] numbers = places.remove(id);
        if (numbers == null) {
            return;
        }
        StoredObject object = asker.find(id);
        for (int number : numbers) {
            enter(number, object);
        }
        missing -= numbers.length;
        if (missing == 0) {
            end();
        }
    }

    void expire() {
        end();
    }

    private void end() {
        abandon();
        asker.complete();
    }

    /** Waits for nothing any more. */
    void abandon() {
        if (isWaiting()) {
            gets.remove(this);
            places = Map.of();
            deadline = 0;
        }
    }

    boolean isWaiting() {
        return deadline != 0;
    }

    StoreSegment segmentAt(int number) {
        return segments[number];
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public PlasmaId id(int number) {
        return ids[number];
    }

    @Override
    public boolean isFound(int number) {
        return objects[number] != null;
    }

    @Override
    public int segment(int number) {
        return objects[number].segment.number();
    }

    @Override
    public long offset(int number) {
        return objects[number].offset;
    }

    @Override
    public long dataSize(int number) {
        return objects[number].dataSize;
    }

    @Override
    public int metadataSize(int number) {
        return objects[number].metadataSize;
    }

    @Override
    public int segments() {
        return segmentCount;
    }

    @Override
    public int segmentNumber(int number) {
        return segments[number].number();
    }

    @Override
    public long segmentLength(int number) {
        return segments[number].file().length();
    }
}

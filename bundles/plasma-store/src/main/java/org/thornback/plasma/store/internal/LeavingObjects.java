// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.collections.LongHashSet;

/**
 * Objects that were deleted, and former selves of moved ones, whose bytes somebody may still use. Owned by the conductor.
 *
 * <p>Bytes go only when the state was changed, then a full fence, and then no pin page named the object.
 */
final class LeavingObjects {
    private static final long PAUSE_NANOS = 15_000_000;

    private final Supplier<LongHashSet> pins;
    private final Consumer<StoredObject> free;
    private final List<StoredObject> objects = new ArrayList<>();
    private boolean due;
    private long nextLook;

    /**
     * Creates it.
     *
     * @param pins reads every pin there is.
     * @param free takes the bytes back.
     */
    LeavingObjects(Supplier<LongHashSet> pins, Consumer<StoredObject> free) {
        this.pins = requireNonNull(pins, "pins");
        this.free = requireNonNull(free, "free");
    }

    void add(StoredObject object) {
        objects.add(object);
        due = true;
    }

    /** Somebody has stopped using one of them. */
    void lookSoon() {
        due = true;
    }

    int count() {
        return objects.size();
    }

    /** Whether to look: something has changed, or it was a while ago. */
    boolean isDue() {
        return due || !objects.isEmpty() && System.nanoTime() - nextLook >= 0;
    }

    /** Frees what nobody uses any more. Returns how many bytes. */
    long reclaim() {
        due = false;
        if (objects.isEmpty()) {
            return 0;
        }
        nextLook = System.nanoTime() + PAUSE_NANOS;
        VarHandle.fullFence();
        LongHashSet pinned = pins.get();
        long freed = 0;
        int kept = 0;
        for (StoredObject object : objects) {
            if (object.references > 0 || object.moving || pinned.contains(object.pinEntry())) {
                objects.set(kept++, object);
            } else {
                freed += object.moved ? 0 : object.length;
                free.accept(object);
            }
        }
        objects.subList(kept, objects.size()).clear();
        return freed;
    }
}

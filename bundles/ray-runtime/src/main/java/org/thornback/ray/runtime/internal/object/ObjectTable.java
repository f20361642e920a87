// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.object;

import static java.util.Objects.requireNonNull;

import io.ray.api.id.ObjectId;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The references of this process that others know too, by id, held weakly: when the program drops one, the ledger says so.
 *
 * <p>Safe from any thread.
 */
public final class ObjectTable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final ConcurrentHashMap<ObjectId, WeakReference<RayObject<?>>> objects = new ConcurrentHashMap<>();
    private final ReferenceLedger ledger;

    /**
     * Creates an empty table.
     *
     * @param ledger learns of holds and releases.
     */
    public ObjectTable(ReferenceLedger ledger) {
        this.ledger = requireNonNull(ledger, "ledger");
    }

    /** Makes a reference of this process findable by id. */
    void remember(RayObject<?> object) {
        ObjectId id = object.objectId();
        WeakReference<RayObject<?>> reference = new WeakReference<>(object);
        objects.put(id, reference);
        CLEANER.register(object, new Forget(this, id, reference));
    }

    /** This process holds the object in the store until the reference is unreachable. */
    void hold(RayObject<?> object) {
        byte[] id = object.id();
        ledger.hold(id);
        CLEANER.register(object, new Release(ledger, id));
    }

    /** Finds the reference of an id, or makes, remembers and holds it. */
    RayObject<?> find(ObjectId id, Supplier<RayObject<?>> maker) {
        WeakReference<RayObject<?>> known = objects.get(id);
        RayObject<?> object = known == null ? null : known.get();
        if (object != null) {
            return object;
        }
        synchronized (this) {
            known = objects.get(id);
            object = known == null ? null : known.get();
            if (object == null) {
                object = maker.get();
                remember(object);
                hold(object);
            }
            return object;
        }
    }

    private record Forget(ObjectTable table, ObjectId id, WeakReference<RayObject<?>> reference) implements Runnable {
        @Override
        public void run() {
            table.objects.remove(id, reference);
        }
    }

    private record Release(ReferenceLedger ledger, byte[] id) implements Runnable {
        @Override
        public void run() {
            ledger.release(id);
        }
    }
}

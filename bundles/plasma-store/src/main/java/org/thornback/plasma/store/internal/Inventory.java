// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.thornback.api.store.PlasmaId;

/** Objects wherever they are, in memory or written out, for those to whom that makes no difference. Owned by the conductor. */
final class Inventory {
    private final ObjectTable table;
    private final Creates creates;
    private final Spill spill;
    private final Watches watches;
    private final Ends ends;
    private final Runnable drainRings;

    /** Hears of the end of an object that had been written out. */
    interface Ends {
        void deleted(SpilledObject object, boolean evicted);
    }

    Inventory(ObjectTable table, Creates creates, Spill spill, Watches watches, Ends ends, Runnable drainRings) {
        this.table = requireNonNull(table, "table");
        this.creates = requireNonNull(creates, "creates");
        this.spill = requireNonNull(spill, "spill");
        this.watches = requireNonNull(watches, "watches");
        this.ends = requireNonNull(ends, "ends");
        this.drainRings = requireNonNull(drainRings, "drainRings");
    }

    /** Creates an object, unless there is one of its id. */
    void create(Client client, PlasmaId id, long dataSize, int metadataSize, CreateOutcome outcome) {
        if (spill.has(id)) {
            outcome.exists();
        } else {
            creates.request(client, id, dataSize, metadataSize, outcome);
        }
    }

    int delete(Collection<PlasmaId> ids) {
        drainRings.run();
        int count = 0;
        for (PlasmaId id : ids) {
            StoredObject object = table.find(id);
            if (object != null) {
                table.delete(object);
                count++;
            } else if (drop(id, false)) {
                table.dropHolds(id);
                count++;
            }
        }
        return count;
    }

    /** Gives up an object that was written out; returns whether it was. */
    private boolean drop(PlasmaId id, boolean evicted) {
        SpilledObject dropped = spill.drop(id);
        if (dropped == null) {
            return false;
        }
        ends.deleted(dropped, evicted);
        return true;
    }

    void release(PlasmaId id, String holder) {
        table.release(id, holder);
        if (!table.isHeld(id)) {
            drop(id, true); // what nobody holds makes room, on the disk as in memory
        }
    }

    void releaseAll(String holder) {
        table.heldBy(holder).forEach(id -> release(id, holder));
    }

    /** Whether there is an object of that id, in whatever state and place. */
    boolean isKnown(PlasmaId id) {
        return table.find(id) != null || spill.has(id);
    }

    /** Whether an object can be had, now or when it has been brought back. */
    boolean isHere(PlasmaId id) {
        return table.isSealed(id) || spill.has(id);
    }

    /** Tells the watcher of each object: now, or when it is sealed. */
    void watch(Collection<PlasmaId> ids, Watches.Watcher watcher) {
        drainRings.run();
        List<PlasmaId> missing = new ArrayList<>();
        for (PlasmaId id : ids) {
            if (table.isSealed(id)) {
                watcher.onSealed(id);
            } else {
                missing.add(id);
                watches.add(id, watcher);
                spill.restore(id);
            }
        }
        if (!missing.isEmpty()) {
            watches.publish();
            // INVARIANT: a put that did not see the new number is in its ring by now; one that comes later rings.
            drainRings.run();
        }
    }
}

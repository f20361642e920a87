// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.thornback.api.id.BinaryId;

/**
 * Who holds which object: a count for each object and holder. An object whose counts have all come back to zero is given up.
 *
 * <p>Counts may arrive out of order between clients, so an object is given up only at the end of a round of messages, when
 * every message sent before the one that brought the last count to zero has been read. One client may count for another that
 * has gone meanwhile: nothing is kept for that one. Owned by the conductor.
 */
final class ReferenceTable {
    private final Map<BinaryId, Map<BinaryId, Integer>> holders = new HashMap<>();
    private final Map<BinaryId, Set<BinaryId>> heldBy = new HashMap<>();
    private final Set<BinaryId> candidates = new HashSet<>();
    private final Listener listener;
    private final Predicate<BinaryId> present;

    /** Hears of holds. */
    interface Listener {
        void firstHeld(BinaryId object);

        void givenUp(List<BinaryId> objects);
    }

    /**
     * Begins empty.
     *
     * @param listener hears of holds.
     * @param present  knows the clients that may hold something.
     */
    ReferenceTable(Listener listener, Predicate<BinaryId> present) {
        this.listener = requireNonNull(listener, "listener");
        this.present = requireNonNull(present, "present");
    }

    void change(BinaryId object, BinaryId holder, int delta) {
        Map<BinaryId, Integer> counts = holders.get(object);
        if (counts == null) {
            counts = new HashMap<>(4);
            holders.put(object, counts);
            listener.firstHeld(object);
        }
        if (present.test(holder)) {
            count(object, counts, holder, delta);
        }
        if (counts.isEmpty()) {
            candidates.add(object);
        }
    }

    /** A client is gone, and with it all it held. */
    void drop(BinaryId holder) {
        Set<BinaryId> held = heldBy.remove(holder);
        if (held == null) {
            return;
        }
        for (BinaryId object : held) {
            Map<BinaryId, Integer> counts = holders.get(object);
            counts.remove(holder);
            if (counts.isEmpty()) {
                candidates.add(object);
            }
        }
    }

    /** The round is over: gives up what is still not held. */
    void endRound() {
        if (candidates.isEmpty()) {
            return;
        }
        List<BinaryId> gone = new ArrayList<>(candidates.size());
        for (BinaryId object : candidates) {
            Map<BinaryId, Integer> counts = holders.get(object);
            if (counts != null && counts.isEmpty()) {
                holders.remove(object);
                gone.add(object);
            }
        }
        candidates.clear();
        if (!gone.isEmpty()) {
            listener.givenUp(gone);
        }
    }

    int size() {
        return holders.size();
    }

    private void count(BinaryId object, Map<BinaryId, Integer> counts, BinaryId holder, int delta) {
        if (counts.merge(holder, delta, Integer::sum) == 0) {
            counts.remove(holder);
            forget(holder, object);
        } else {
            heldBy.computeIfAbsent(holder, id -> new HashSet<>()).add(object);
        }
    }

    private void forget(BinaryId holder, BinaryId object) {
        Set<BinaryId> held = heldBy.get(holder);
        if (held != null) {
            held.remove(object);
            if (held.isEmpty()) {
                heldBy.remove(holder);
            }
        }
    }
}

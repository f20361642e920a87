// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thornback.api.store.PlasmaId;

/** Who wants which objects to stay. An id may be held before its object is here. Owned by the conductor. */
final class Holds {
    private final Map<PlasmaId, List<String>> holders = new HashMap<>();

    boolean isHeld(PlasmaId id) {
        return holders.containsKey(id);
    }

    int count(PlasmaId id) {
        return holders.getOrDefault(id, List.of()).size();
    }

    void add(PlasmaId id, String holder) {
        holders.merge(id, List.of(holder), (now, more) -> {
            if (now.contains(holder)) {
                return now;
            }
            List<String> joined = new ArrayList<>(now);
            joined.add(holder);
            return List.copyOf(joined);
        });
    }

    /** Returns true when nobody holds the object any more. */
    boolean remove(PlasmaId id, String holder) {
        holders.computeIfPresent(id, (key, now) -> {
            List<String> rest =
                    now.stream().filter(other -> !other.equals(holder)).toList();
            return rest.isEmpty() ? null : rest;
        });
        return !isHeld(id);
    }

    void removeAll(PlasmaId id) {
        holders.remove(id);
    }

    List<PlasmaId> heldBy(String holder) {
        return holders.entrySet().stream()
                .filter(entry -> entry.getValue().contains(holder))
                .map(Map.Entry::getKey)
                .toList();
    }
}

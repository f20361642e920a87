// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.IndexWriter;

/** Who waits for which object. Their number is in the index: who puts through a ring then rings. Owned by the conductor. */
final class Watches {
    private final IndexWriter index;
    private final Map<PlasmaId, List<Watcher>> watchers = new HashMap<>();

    /** Somebody who waits. */
    interface Watcher {
        void onSealed(PlasmaId id);
    }

    Watches(IndexWriter index) {
        this.index = requireNonNull(index, "index");
    }

    void add(PlasmaId id, Watcher watcher) {
        List<Watcher> list = watchers.computeIfAbsent(id, key -> new ArrayList<>(1));
        if (!list.contains(watcher)) {
            list.add(watcher);
        }
    }

    /** Writes the number of ids waited for; rings are to be drained after it. */
    void publish() {
        index.waiting(watchers.size());
    }

    void remove(PlasmaId id, Watcher watcher) {
        List<Watcher> list = watchers.get(id);
        if (list != null && list.remove(watcher) && list.isEmpty()) {
            watchers.remove(id);
            publish();
        }
    }

    void removeAll(Watcher watcher) {
        watchers.values().removeIf(list -> list.remove(watcher) && list.isEmpty());
        publish();
    }

    void sealed(PlasmaId id) {
        List<Watcher> list = watchers.remove(id);
        if (list != null) {
            publish();
            list.forEach(watcher -> watcher.onSealed(id));
        }
    }
}

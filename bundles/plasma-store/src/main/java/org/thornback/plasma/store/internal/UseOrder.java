// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

/** The objects that may be evicted, from the one that was used longest ago to the newest. Owned by the conductor. */
final class UseOrder {
    private StoredObject oldest;
    private StoredObject newest;

    StoredObject oldest() {
        return oldest;
    }

    boolean contains(StoredObject object) {
        return object.older != null || object == oldest;
    }

    void add(StoredObject object) {
        if (contains(object)) {
            return;
        }
        object.older = newest;
        if (newest == null) {
            oldest = object;
        } else {
            newest.newer = object;
        }
        newest = object;
    }

    void remove(StoredObject object) {
        if (!contains(object)) {
            return;
        }
        if (object.older == null) {
            oldest = object.newer;
        } else {
            object.older.newer = object.newer;
        }
        if (object.newer == null) {
            newest = object.older;
        } else {
            object.newer.older = object.older;
        }
        object.older = null;
        object.newer = null;
    }

    void used(StoredObject object) {
        if (contains(object) && object != newest) {
            remove(object);
            add(object);
        }
    }
}

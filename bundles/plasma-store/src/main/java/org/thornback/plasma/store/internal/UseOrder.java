// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

/** Some objects, from the one that was used longest ago to the newest; an object is in one such order. Owned by the conductor. */
final class UseOrder {
    private StoredObject oldest;
    private StoredObject newest;

    StoredObject oldest() {
        return oldest;
    }

    boolean contains(StoredObject object) {
        return object.order == this;
    }

    void add(StoredObject object) {
        if (contains(object)) {
            return;
        }
        object.order = this;
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
        object.order = null;
        object.older = null;
        object.newer = null;
    }

    /** Lets one object take the place of another. */
    void replace(StoredObject object, StoredObject by) {
        if (!contains(object)) {
            return;
        }
        by.order = this;
        by.older = object.older;
        by.newer = object.newer;
        if (by.older == null) {
            oldest = by;
        } else {
            by.older.newer = by;
        }
        if (by.newer == null) {
            newest = by;
        } else {
            by.newer.older = by;
        }
        object.order = null;
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

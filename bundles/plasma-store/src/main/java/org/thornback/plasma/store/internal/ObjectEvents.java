// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

/** What the table tells the rest of the store. Called on the conductor, in the middle of a change: nothing may call back. */
interface ObjectEvents {

    void sealed(StoredObject object);

    void deleted(StoredObject object, boolean evicted);

    /** Whether somebody keeps an object that is about to be evicted; if so it still exists, and nobody hears of its leaving. */
    default boolean isKept(StoredObject object) {
        return false;
    }

    /** There is more room than before, or an id has become free: what waits may try again. */
    void progress();
}

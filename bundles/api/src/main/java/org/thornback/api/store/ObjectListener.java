// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of objects that come and go. Called on the store's conductor, in order: must be short and must not block; an
 * exception is logged and costs nobody else.
 */
@ConsumerType
public interface ObjectListener {

    /**
     * An object was sealed.
     *
     * @param id       its name.
     * @param dataSize bytes of data.
     */
    void onSealed(PlasmaId id, long dataSize);

    /**
     * An object is no longer there: deleted or evicted.
     *
     * @param id      its name.
     * @param evicted true when it made room for others, false when somebody deleted it.
     */
    void onDeleted(PlasmaId id, boolean evicted);

    /**
     * Somebody waits for room and nothing more can be evicted: whoever holds objects that nobody uses should let go of them.
     * Repeated every few hundred milliseconds while it lasts.
     */
    default void onShortOfRoom() {}
}

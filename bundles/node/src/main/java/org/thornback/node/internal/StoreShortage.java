// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import org.thornback.api.store.ObjectListener;
import org.thornback.api.store.PlasmaId;

/** Hears of a shortage in the store and of nothing else. */
interface StoreShortage extends ObjectListener {
    @Override
    void onShortOfRoom();

    @Override
    default void onSealed(PlasmaId id, long dataSize) {}

    @Override
    default void onDeleted(PlasmaId id, boolean evicted) {}
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.thornback.api.keeper.Estate;
import org.thornback.api.store.ObjectStore;
import org.thornback.api.store.StoreBackend;

/**
 * A store that rests while its bundle is stopped: memory, index, connections and who waits.
 *
 * @param store  the store.
 * @param wish   by which its backend was found.
 * @param active the backend.
 */
record StoreEstate(PlasmaStore store, BackendChoice.Wish wish, StoreBackend active) implements Estate {
    StoreEstate {
        requireNonNull(store, "store");
        requireNonNull(wish, "wish");
        requireNonNull(active, "active");
    }

    @Override
    public void rest() {
        store.rest();
    }

    @Override
    public void resume() {
        store.goOn();
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(ObjectStore.class, store);
    }

    @Override
    public void close() {
        store.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.thornback.api.keeper.Keeper;

/** Keeps what is left, and stands in for nobody. Safe from any thread. */
public final class FakeKeeper implements Keeper {
    private final Map<String, Object> estates = new ConcurrentHashMap<>();

    /** Keeps nothing yet. */
    public FakeKeeper() {}

    @Override
    public boolean leave(String name, Object estate) {
        estates.put(name, estate);
        return true;
    }

    @Override
    public <T> Optional<T> take(String name, Class<T> type) {
        Object estate = estates.get(name);
        if (!type.isInstance(estate)) {
            return Optional.empty();
        }
        estates.remove(name);
        return Optional.of(type.cast(estate));
    }
}

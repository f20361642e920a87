// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Somebody who creates and reads objects: a process of ours, this process itself, an Arrow client. What it has of the store ends
 * with it. Owned by the conductor.
 */
class Client {
    private final String name;
    private final Set<StoredObject> unsealed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<StoredObject> unclaimed = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean gone;

    Client(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Objects it writes. */
    Set<StoredObject> unsealed() {
        return unsealed;
    }

    /** Objects it sealed that nobody has held yet: they stay while it is here. */
    Set<StoredObject> unclaimed() {
        return unclaimed;
    }

    /** Whether objects it sealed stay until somebody holds them; a client whose objects nobody will hold says no. */
    boolean keepsUnclaimed() {
        return !gone;
    }

    boolean isGone() {
        return gone;
    }

    void gone() {
        gone = true;
    }
}

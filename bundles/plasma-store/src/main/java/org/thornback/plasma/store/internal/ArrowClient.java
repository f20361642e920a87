// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.util.Collection;
import org.agrona.collections.IntHashSet;
import org.agrona.collections.Object2ObjectHashMap;
import org.thornback.api.store.PlasmaId;

/** One of Arrow's clients: says by messages what it uses. Owned by the conductor. */
final class ArrowClient extends Client {
    private final long number;
    private final Object2ObjectHashMap<PlasmaId, StoredObject> used = new Object2ObjectHashMap<>();
    private final IntHashSet segments = new IntHashSet();
    private String givenName = "";
    private long quota;
    private long charged;

    ArrowClient(long number) {
        super("arrow-client-" + number);
        this.number = number;
    }

    @Override
    String name() {
        return givenName.isEmpty() ? super.name() : super.name() + " (" + givenName + ")";
    }

    void givenName(String name) {
        givenName = name;
    }

    long number() {
        return number;
    }

    /** Nobody of ours will hold what it makes. */
    @Override
    boolean keepsUnclaimed() {
        return false;
    }

    /** The objects it uses, each once however often it asked for it. */
    Collection<StoredObject> used() {
        return used.values();
    }

    /** Returns false when it used the object before. */
    boolean use(StoredObject object) {
        return used.putIfAbsent(object.id, object) == null;
    }

    /**
     * What it uses by that id, or null. That stays at the place it was given, also when the object has moved since: Arrow's
     * client looks there for as long as it uses the object, whatever a later answer says.
     */
    StoredObject used(PlasmaId id) {
        return used.get(id);
    }

    /** Returns what it used by that id, or null. */
    StoredObject leave(PlasmaId id) {
        return used.remove(id);
    }

    /** Returns true the first time: its descriptor is to be sent then. */
    boolean meets(StoreSegment segment) {
        return segments.add(segment.number());
    }

    /** Bytes its objects may take together, 0 for no bound of its own. */
    void quota(long bytes) {
        quota = bytes;
    }

    boolean hasQuota() {
        return quota != 0;
    }

    /** How many bytes must go before it may take that many more. */
    long excess(long bytes) {
        return quota == 0 ? 0 : Math.max(0, charged + bytes - quota);
    }

    void charge(StoredObject object) {
        if (quota != 0) {
            object.payer = this;
            charged += object.length;
        }
    }

    void refund(long bytes) {
        charged -= bytes;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.agrona.collections.LongHashSet;
import org.thornback.layout.IndexDescriptor;

/**
 * What is used: the pins and accesses of clients, and the orders of use of objects that may be evicted and of those that are
 * held. Owned by the conductor.
 *
 * <p>Memory of an object is reused only when its state was changed, then a full fence, and then no pin page named it.
 */
final class Uses {
    private final ObjectIndex index;
    private final Collection<? extends PinningClient> clients;
    private final UseOrder evictable = new UseOrder();
    private final UseOrder held = new UseOrder();

    Uses(ObjectIndex index, Collection<? extends PinningClient> clients) {
        this.index = requireNonNull(index, "index");
        this.clients = requireNonNull(clients, "clients");
    }

    /** Sealed objects nobody holds. */
    UseOrder evictable() {
        return evictable;
    }

    /** Sealed objects somebody holds. */
    UseOrder held() {
        return held;
    }

    /** Takes note that an object was used. */
    void touch(StoredObject object) {
        if (object.order != null) {
            object.order.used(object);
        }
    }

    /** Every pin there is, whoever has it. */
    LongHashSet pins() {
        LongHashSet pinned = new LongHashSet();
        for (PinningClient client : clients) {
            client.pins().forEachPin(pinned::add);
        }
        return pinned;
    }

    /** The pins of each client that has some. */
    List<LongHashSet> pinsOfEach() {
        List<LongHashSet> pins = new ArrayList<>();
        for (PinningClient client : clients) {
            LongHashSet pinned = new LongHashSet();
            client.pins().forEachPin(pinned::add);
            if (!pinned.isEmpty()) {
                pins.add(pinned);
            }
        }
        return pins;
    }

    /**
     * Objects of an order that nobody uses now, those used longest ago first, of at least so many bytes if there are as many.
     *
     * @param eligible says which ones are meant.
     */
    List<StoredObject> longestUnused(UseOrder order, long wanted, Predicate<StoredObject> eligible) {
        noteAccesses();
        LongHashSet pinned = pins();
        List<StoredObject> chosen = new ArrayList<>();
        long sum = 0;
        for (StoredObject object = order.oldest(); object != null && sum < wanted; object = object.newer) {
            boolean unused = !object.moving && object.allReferences() == 0 && !object.isIn(pinned);
            if (unused && eligible.test(object)) {
                chosen.add(object);
                sum += object.length;
            }
        }
        return chosen;
    }

    /** Lets sealed objects leave, unless somebody uses them meanwhile. Returns those whose memory may be reused. */
    List<StoredObject> leave(List<StoredObject> objects) {
        objects.forEach(object -> index.setState(object, IndexDescriptor.LEAVING));
        VarHandle.fullFence();
        LongHashSet pinned = objects.isEmpty() ? new LongHashSet() : pins();
        List<StoredObject> unused = new ArrayList<>(objects.size());
        for (StoredObject object : objects) {
            if (object.isIn(pinned)) {
                index.setState(object, IndexDescriptor.SEALED);
            } else {
                unused.add(object);
            }
        }
        return unused;
    }

    private void noteAccesses() {
        for (PinningClient client : clients) {
            client.accessesSeen(client.pins().forEachAccess(client.accessesSeen(), value -> {
                StoredObject object = index.named(value);
                if (object != null) {
                    touch(object);
                }
            }));
        }
    }
}

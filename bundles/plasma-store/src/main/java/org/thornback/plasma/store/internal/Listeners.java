// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.store.ObjectListener;
import org.thornback.api.store.PlasmaId;

/** Those who hear of objects. One that fails is logged and costs nobody else. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger("ray.plasma_store");
    private final List<ObjectListener> listeners = new CopyOnWriteArrayList<>();

    void add(ObjectListener listener) {
        listeners.add(listener);
    }

    void remove(ObjectListener listener) {
        listeners.remove(listener);
    }

    void sealed(StoredObject object) {
        tell(listener -> listener.onSealed(object.id, object.dataSize));
    }

    void deleted(PlasmaId id, boolean evicted) {
        tell(listener -> listener.onDeleted(id, evicted));
    }

    void shortOfRoom() {
        tell(ObjectListener::onShortOfRoom);
    }

    private void tell(Consumer<ObjectListener> event) {
        for (ObjectListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("a listener of the object store failed", e);
            }
        }
    }
}

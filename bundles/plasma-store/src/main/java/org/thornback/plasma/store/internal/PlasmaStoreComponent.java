// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.resources.NodeResources;
import org.thornback.api.session.Session;
import org.thornback.api.store.ObjectStore;
import org.thornback.api.store.StoreBackend;

/**
 * Starts the store as soon as a backend is there, and registers it once clients can connect.
 *
 * <p>The store adopts what a backend allocates: the backend may vanish afterwards, and the store stays. Starting happens on a
 * thread of its own, so that the rest of the node starts meanwhile.
 */
@Component(
        immediate = true,
        service = {})
public final class PlasmaStoreComponent {
    private static final Logger LOG = LoggerFactory.getLogger("ray.plasma_store");
    private static final String SOCKET = "plasma_store";

    private final BundleContext context;
    private final StartAnswer answer;
    private final StoreConfig config;
    private boolean begun;
    private boolean ended;
    private PlasmaStore store;
    private ServiceRegistration<ObjectStore> registration;

    /**
     * Takes what the store needs to know; the store itself waits for a backend.
     *
     * @param context   registers the service.
     * @param session   names the socket.
     * @param resources say how large the store is.
     * @param answer    hears why the store cannot start.
     */
    @Activate
    public PlasmaStoreComponent(
            BundleContext context,
            @Reference Session session,
            @Reference NodeResources resources,
            @Reference StartAnswer answer) {
        this.context = requireNonNull(context, "context");
        this.answer = requireNonNull(answer, "answer");
        config = new StoreConfig(session.socket(SOCKET), resources.objectStoreMemory());
    }

    /**
     * A backend has come: the first one carries the store.
     *
     * @param backend that can provide memory.
     */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public synchronized void addBackend(StoreBackend backend) {
        if (!begun && !ended) {
            begun = true;
            Thread.ofPlatform().name("plasma-start").daemon().start(() -> begin(backend));
        }
    }

    /**
     * A backend has gone: what it gave belongs to the store and stays.
     *
     * @param backend that is going.
     */
    public void removeBackend(StoreBackend backend) {
        LOG.info("store backend {} has gone; its memory stays with the store", backend.name());
    }

    private void begin(StoreBackend backend) {
        PlasmaStore started;
        try {
            started = PlasmaStore.start(config, backend);
        } catch (RuntimeException e) {
            LOG.error("the object store cannot start", e);
            answer.refuse(List.of(String.valueOf(e.getMessage())));
            return;
        }
        synchronized (this) {
            if (!ended) {
                store = started;
                registration = context.registerService(ObjectStore.class, started, null);
                return;
            }
        }
        started.close();
    }

    /** Ends the store with everything in it. */
    @Deactivate
    public void end() {
        PlasmaStore ending;
        synchronized (this) {
            ended = true;
            ending = store;
            if (registration != null) {
                registration.unregister();
            }
        }
        if (ending != null) {
            ending.close();
        }
    }
}

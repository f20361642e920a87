// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
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
import org.thornback.api.InvalidInputException;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.Configuration;
import org.thornback.api.resources.NodeResources;
import org.thornback.api.session.Session;
import org.thornback.api.store.BackendSource;
import org.thornback.api.store.ObjectStore;
import org.thornback.api.store.StoreBackend;
import org.thornback.api.store.StoreCapacityException;

/**
 * Starts the store as soon as the backend is there that the configuration means, and registers it once clients can connect.
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
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final BundleContext context;
    private final StartAnswer answer;
    private final StoreConfig config;
    private final WantedBackend wanted;
    private final BackendChoice choice = new BackendChoice();
    private final Thread starter;
    private boolean ended;
    private PlasmaStore store;
    private ServiceRegistration<ObjectStore> registration;

    /**
     * Takes what the store needs to know; the store itself waits for a backend.
     *
     * @param context       registers the service.
     * @param session       names the socket.
     * @param resources     say how large the store is.
     * @param configuration says which backend is wanted.
     * @param answer        hears why the store cannot start.
     */
    @Activate
    public PlasmaStoreComponent(
            BundleContext context,
            @Reference Session session,
            @Reference NodeResources resources,
            @Reference Configuration configuration,
            @Reference StartAnswer answer) {
        this.context = requireNonNull(context, "context");
        this.answer = requireNonNull(answer, "answer");
        config = new StoreConfig(session.socket(SOCKET), resources.objectStoreMemory());
        wanted = WantedBackend.of(configuration);
        starter = Thread.ofPlatform().name("plasma-start").daemon().start(this::begin);
    }

    /**
     * A backend has come.
     *
     * @param backend    that can provide memory.
     * @param properties of its service.
     */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void addBackend(StoreBackend backend, Map<String, Object> properties) {
        int ranking = properties.get(Constants.SERVICE_RANKING) instanceof Integer given ? given : 0;
        choice.add(backend, ranking, (Long) properties.get(Constants.SERVICE_ID));
    }

    /**
     * A backend has gone: what it gave belongs to the store and stays.
     *
     * @param backend that is going.
     */
    public void removeBackend(StoreBackend backend) {
        choice.remove(backend);
        LOG.info("store backend {} has gone; its memory stays with the store", backend.name());
    }

    /**
     * A source of backends has come.
     *
     * @param source that can be asked for one.
     */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void addSource(BackendSource source) {
        choice.add(source);
    }

    /**
     * A source of backends has gone.
     *
     * @param source that is going; what its backends gave stays.
     */
    public void removeSource(BackendSource source) {
        choice.remove(source);
    }

    private void begin() {
        try {
            PlasmaStore started = start();
            synchronized (this) {
                if (!ended) {
                    store = started;
                    registration = context.registerService(ObjectStore.class, started, null);
                    return;
                }
            }
            started.close();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (InvalidInputException e) {
            answer.refuse(List.of(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("the object store cannot start", e);
            answer.refuse(List.of(String.valueOf(e.getMessage())));
        }
    }

    private PlasmaStore start() throws InterruptedException {
        try {
            return PlasmaStore.start(config, choice.await(wanted.wish(), LONGEST_WAIT), "");
        } catch (InvalidInputException | StoreCapacityException e) {
            if (!wanted.otherwisePlain()) {
                throw e;
            }
            LOG.warn("no huge pages, the object store takes plain ones: {}", e.getMessage());
            StoreBackend plain = choice.await(BackendChoice.Wish.BEST, LONGEST_WAIT);
            return PlasmaStore.start(config, plain, "huge-pages=prefer: " + e.getMessage());
        }
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
        starter.interrupt();
        if (ending != null) {
            ending.close();
        }
    }
}

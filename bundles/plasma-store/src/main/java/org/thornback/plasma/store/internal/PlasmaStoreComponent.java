// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
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
import org.thornback.api.config.LiveConfiguration;
import org.thornback.api.config.LiveOptions;
import org.thornback.api.keeper.Keeper;
import org.thornback.api.resources.NodeResources;
import org.thornback.api.resources.ResourceListener;
import org.thornback.api.session.Session;
import org.thornback.api.store.BackendSource;
import org.thornback.api.store.ObjectStore;
import org.thornback.api.store.RestingStore;
import org.thornback.api.store.RunningStore;
import org.thornback.api.store.SpillTarget;
import org.thornback.api.store.StoreBackend;
import org.thornback.api.store.StoreBackends;
import org.thornback.api.store.StoreCapacityException;

/**
 * Starts the store as soon as the backend is there that the configuration means, and registers it once clients can connect.
 *
 * <p>When its bundle is stopped the store rests with the keeper, and the next component rules it at once, also when its classes
 * are others: it knows the store as a {@link RunningStore}. The store itself, its table and connections, stays of the code it
 * was started with until the node starts anew.
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
    private static final String ESTATE = "plasma-store";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final BundleContext context;
    private final StartAnswer answer;
    private final StoreConfig config;
    private final WantedBackend wanted;
    private final Optional<Keeper> keeper;
    private final BackendChoice choice = new BackendChoice();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("plasma-start").daemon().factory());
    private boolean ended;
    private BackendControl control;

    /** Edits are kept there while it is there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile LiveConfiguration live;

    private SpillTarget spillTarget;
    private boolean spillEvicted;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    /**
     * Takes what the store needs to know; the store itself waits for a backend.
     *
     * @param context       registers the service.
     * @param session       names the socket.
     * @param resources     say how large the store is.
     * @param configuration says which backend is wanted.
     * @param answer        hears why the store cannot start.
     * @param keeper        has the store of a predecessor, if it is there.
     */
    @Activate
    public PlasmaStoreComponent(
            BundleContext context,
            @Reference Session session,
            @Reference NodeResources resources,
            @Reference Configuration configuration,
            @Reference StartAnswer answer,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL) Keeper keeper) {
        this.keeper = Optional.ofNullable(keeper);
        this.context = requireNonNull(context, "context");
        this.answer = requireNonNull(answer, "answer");
        config = new StoreConfig(session.socket(SOCKET), resources.objectStoreMemory());
        wanted = WantedBackend.of(requireNonNull(configuration, "configuration"));
        worker.execute(this::begin);
    }

    private synchronized void later(Runnable work) {
        if (!ended) {
            worker.execute(work);
        }
    }

    private synchronized BackendControl control() {
        return ended ? null : control;
    }

    private void offersChanged() {
        if (context.getBundle().getState() == Bundle.STOPPING) {
            return; // a backend that goes with us comes back with us
        }
        later(() -> {
            BackendControl running = control();
            if (running != null) {
                running.offersChanged();
            }
        });
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
        offersChanged();
    }

    /**
     * A backend has gone: what it gave belongs to the store and stays, until a better one is there to go to.
     *
     * @param backend that is going.
     */
    public void removeBackend(StoreBackend backend) {
        choice.remove(backend);
        offersChanged();
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

    /**
     * Somebody has come to whom held objects can go.
     *
     * @param target     gets objects from the next one on.
     * @param properties of its service.
     */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindSpillTarget(SpillTarget target, Map<String, Object> properties) {
        spillTo(target, Boolean.TRUE.equals(properties.get(SpillTarget.EVICTED)));
    }

    private synchronized void spillTo(SpillTarget target, boolean evictedToo) {
        spillTarget = target;
        spillEvicted = evictedToo;
        if (control != null) {
            control.store().spillTo(target, evictedToo);
        }
    }

    /**
     * He has gone; what he has he is still asked for.
     *
     * @param target gets no more objects.
     */
    public synchronized void unbindSpillTarget(SpillTarget target) {
        if (spillTarget == target) {
            spillTo(null, false);
        }
    }

    private void begin() {
        try {
            Optional<RestingStore> kept = keeper.flatMap(there -> there.take(ESTATE, RestingStore.class));
            provide(kept.isPresent() ? takeOver(kept.get()) : start());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (InvalidInputException e) {
            answer.refuse(List.of(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("the object store cannot start", e);
            answer.refuse(List.of(String.valueOf(e.getMessage())));
        }
    }

    private void provide(BackendControl begun) {
        synchronized (this) {
            if (!ended) {
                control = begun;
                begun.store().spillTo(spillTarget, spillEvicted);
                register(StoreBackends.class, new ChosenBackends(begun, () -> live));
                register(LiveOptions.class, new BackendOptions(begun));
                register(ResourceListener.class, now -> begun.resize(now.objectStoreMemory()));
                register(ObjectStore.class, begun.store());
                return;
            }
        }
        leave(begun);
    }

    private <T> void register(Class<T> type, T service) {
        registrations.add(context.registerService(type, service, null));
    }

    private BackendControl takeOver(RestingStore kept) {
        kept.store().goOn();
        return BackendControl.of(kept, choice);
    }

    private BackendControl start() throws InterruptedException {
        try {
            return start(wanted.wish(), "");
        } catch (InvalidInputException | StoreCapacityException e) {
            if (!wanted.otherwisePlain()) {
                throw e;
            }
            LOG.warn("no huge pages, the object store takes plain ones: {}", e.getMessage());
            return start(BackendChoice.Wish.BEST, WantedBackend.plainInstead(e));
        }
    }

    private BackendControl start(BackendChoice.Wish wish, String remark) throws InterruptedException {
        StoreBackend backend = choice.await(wish, LONGEST_WAIT);
        return new BackendControl(choice, PlasmaStore.start(config, backend, remark), wish, backend);
    }

    /** Leaves the store to a successor, or ends it with everything in it. */
    @Deactivate
    public void end() {
        BackendControl running;
        synchronized (this) {
            ended = true;
            registrations.forEach(ServiceRegistration::unregister);
            running = control;
        }
        worker.shutdownNow();
        awaitWorker();
        if (running != null) {
            leave(running);
        }
    }

    /** What it took from the keeper it has given back by then: a successor comes only after this. */
    private void awaitWorker() {
        try {
            if (!worker.awaitTermination(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.error("what was begun with the object store does not end within {} s", LONGEST_WAIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void leave(BackendControl running) {
        RestingStore resting = running.resting();
        if (keeper.filter(kept -> kept.leave(ESTATE, resting)).isPresent()) {
            LastingCode.load(resting.store().getClass());
            resting.store().rest();
        } else {
            resting.close();
        }
    }
}

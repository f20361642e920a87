// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.InvalidInputException;
import org.thornback.api.ThornbackException;
import org.thornback.api.store.RestingStore;
import org.thornback.api.store.RunningStore;
import org.thornback.api.store.StoreBackend;
import org.thornback.api.store.StoreBackends.Entry;
import org.thornback.api.store.StoreCapacityException;
import org.thornback.plasma.store.internal.BackendChoice.Wish;

/**
 * Changes the backend of a running store: when somebody asks, or when a better one is offered and nobody chose one. The owner of
 * the wish that holds now. Safe from any thread; changes are made one after the other.
 */
final class BackendControl {
    private static final Logger LOG = LoggerFactory.getLogger("ray.plasma_store");

    private final BackendChoice choice;
    private final RunningStore store;
    private Wish wish;
    private StoreBackend active;

    /** Whether the backend is the predecessor's: who gave it may have come anew with other code. */
    private boolean inherited;

    /**
     * Takes over a store that has just started.
     *
     * @param wish   by which its backend was found.
     * @param active the backend.
     */
    BackendControl(BackendChoice choice, RunningStore store, Wish wish, StoreBackend active) {
        this.choice = requireNonNull(choice, "choice");
        this.store = requireNonNull(store, "store");
        this.wish = requireNonNull(wish, "wish");
        this.active = requireNonNull(active, "active");
    }

    /** Takes over a store that rests, whatever code it is of. */
    static BackendControl of(RestingStore kept, BackendChoice choice) {
        Wish wish = new Wish(kept.wish(), kept.directory());
        BackendControl control = new BackendControl(choice, kept.store(), wish, kept.backend());
        control.inherited = true;
        return control;
    }

    /** What a successor needs to control the same store. */
    synchronized RestingStore resting() {
        return new RestingStore(store, active, wish.name(), wish.directory());
    }

    RunningStore store() {
        return store;
    }

    /** The backends there are, and which is in use. */
    synchronized List<Entry> list() {
        TreeSet<String> names = choice.names();
        names.add(active.name()); // whoever gave it may be gone
        List<Entry> entries = new ArrayList<>();
        for (String name : names) {
            boolean inUse = name.equals(active.name());
            entries.add(new Entry(name, inUse, inUse ? wish.directory() : Optional.empty()));
        }
        return entries;
    }

    /** Lets a wish come true, unless it holds already. */
    synchronized void use(Wish wanted) {
        use(wanted, "");
    }

    /** As {@link #use(Wish)}, but when it cannot come true, the best backend there is has to do if the wish is no more than that. */
    synchronized void use(WantedBackend wanted) {
        try {
            use(wanted.wish());
        } catch (InvalidInputException | StoreCapacityException e) {
            if (!wanted.otherwisePlain()) {
                throw e;
            }
            LOG.warn("no huge pages, the object store takes plain ones: {}", e.getMessage());
            use(Wish.BEST, WantedBackend.plainInstead(e));
        }
    }

    /** Lets the store have another capacity, unless it has it already. */
    synchronized void resize(long bytes) {
        if (bytes != store.capacity()) {
            renew();
            store.resize(active, bytes);
        }
    }

    private void use(Wish wanted, String remark) {
        StoreBackend backend = wanted.equals(wish) ? active : choice.find(wanted);
        if (backend != active) {
            store.use(backend, remark);
            become(backend);
        }
        store.remark(remark);
        wish = wanted;
    }

    private void become(StoreBackend backend) {
        active = backend;
        inherited = false;
    }

    /** What gives the inherited backend may be there again: then it is asked from now on, and nothing has to move for that. */
    private void renew() {
        if (inherited) {
            choice.tryFind(wish)
                    .filter(found -> found.name().equals(active.name()))
                    .ifPresent(this::become);
        }
    }

    /** Backends have come or gone: changes to the best one that is offered, unless somebody chose by name. */
    synchronized void offersChanged() {
        if (!wish.equals(Wish.BEST)) {
            return;
        }
        renew();
        Optional<StoreBackend> best = choice.best();
        if (best.isEmpty() || best.get() == active) {
            return;
        }
        try {
            store.use(best.get(), "");
            become(best.get());
        } catch (ThornbackException e) {
            LOG.warn("the object store stays with backend {}: {}", active.name(), e.getMessage());
        }
    }
}

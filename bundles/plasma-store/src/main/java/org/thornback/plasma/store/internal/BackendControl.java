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
    private final PlasmaStore store;
    private Wish wish;
    private StoreBackend active;

    /**
     * Takes over a store that has just started.
     *
     * @param wish   by which its backend was found.
     * @param active the backend.
     */
    BackendControl(BackendChoice choice, PlasmaStore store, Wish wish, StoreBackend active) {
        this.choice = requireNonNull(choice, "choice");
        this.store = requireNonNull(store, "store");
        this.wish = requireNonNull(wish, "wish");
        this.active = requireNonNull(active, "active");
    }

    /** What a successor needs to control the same store. */
    synchronized StoreEstate estate() {
        return new StoreEstate(store, wish, active);
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
            store.resize(active, bytes);
        }
    }

    private void use(Wish wanted, String remark) {
        StoreBackend backend = wanted.equals(wish) ? active : choice.find(wanted);
        if (backend != active) {
            store.use(backend, remark);
        }
        store.remark(remark);
        active = backend;
        wish = wanted;
    }

    /** Backends have come or gone: changes to the best one that is offered, unless somebody chose by name. */
    synchronized void offersChanged() {
        Optional<StoreBackend> best = choice.best();
        if (!wish.equals(Wish.BEST) || best.isEmpty() || best.get() == active) {
            return;
        }
        try {
            store.use(best.get(), "");
            active = best.get();
        } catch (ThornbackException e) {
            LOG.warn("the object store stays with backend {}: {}", active.name(), e.getMessage());
        }
    }
}

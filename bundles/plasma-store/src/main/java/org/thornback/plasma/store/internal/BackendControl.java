// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.ThornbackException;
import org.thornback.api.store.StoreBackend;
import org.thornback.api.store.StoreBackends;
import org.thornback.plasma.store.internal.BackendChoice.Wish;

/**
 * Changes the backend of a running store: when somebody asks, or when a better one is offered and nobody chose one. The owner of
 * the wish that holds now. Safe from any thread; changes are made one after the other.
 */
final class BackendControl implements StoreBackends {
    private static final Logger LOG = LoggerFactory.getLogger("ray.plasma_store");

    private final BackendChoice choice;
    private final PlasmaStore store;
    private final Consumer<Wish> chosen;
    private Wish wish;
    private StoreBackend active;

    /**
     * Takes over a store that has just started.
     *
     * @param wish   by which its backend was found.
     * @param active the backend.
     * @param chosen hears of every wish that came true.
     */
    BackendControl(BackendChoice choice, PlasmaStore store, Wish wish, StoreBackend active, Consumer<Wish> chosen) {
        this.choice = requireNonNull(choice, "choice");
        this.store = requireNonNull(store, "store");
        this.wish = requireNonNull(wish, "wish");
        this.active = requireNonNull(active, "active");
        this.chosen = requireNonNull(chosen, "chosen");
    }

    /** The wish that holds now. */
    synchronized Wish wish() {
        return wish;
    }

    @Override
    public synchronized List<Entry> list() {
        TreeSet<String> names = choice.names();
        names.add(active.name()); // whoever gave it may be gone
        List<Entry> entries = new ArrayList<>();
        for (String name : names) {
            boolean inUse = name.equals(active.name());
            entries.add(new Entry(name, inUse, inUse ? wish.directory() : Optional.empty()));
        }
        return entries;
    }

    @Override
    public void use(String name, Optional<Path> directory) {
        use(new Wish(name, directory));
    }

    /** Lets a wish come true, unless it holds already. */
    synchronized void use(Wish wanted) {
        if (wanted.equals(wish)) {
            return;
        }
        StoreBackend backend = choice.find(wanted);
        if (backend != active) {
            store.use(backend, "");
        }
        active = backend;
        wish = wanted;
        chosen.accept(wanted);
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

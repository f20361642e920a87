// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.thornback.api.InvalidInputException;
import org.thornback.api.store.BackendSource;
import org.thornback.api.store.StoreBackend;

/**
 * Who could give the store its memory: backends that are offered as services, and sources that make one where a user wants it.
 * The one owner of that; safe from any thread, and calls nobody while others wait for it.
 */
final class BackendChoice {
    private final List<Offer> offers = new ArrayList<>();
    private final Map<String, BackendSource> sources = new HashMap<>();

    /** A backend that is there, and how much it recommends itself. */
    private record Offer(StoreBackend backend, int ranking, long serviceId) {}

    /**
     * Which backend is wanted.
     *
     * @param name      of the backend; empty for the one of the highest ranking.
     * @param directory where it is to be; empty for wherever it likes.
     */
    record Wish(String name, Optional<Path> directory) {
        /** The best there is. */
        static final Wish BEST = new Wish("", Optional.empty());

        Wish {
            requireNonNull(name, "name");
            requireNonNull(directory, "directory");
        }
    }

    synchronized void add(StoreBackend backend, int ranking, long serviceId) {
        offers.add(new Offer(backend, ranking, serviceId));
        offers.sort(Comparator.comparingInt(Offer::ranking).reversed().thenComparingLong(Offer::serviceId));
        notifyAll();
    }

    synchronized void remove(StoreBackend backend) {
        offers.removeIf(offer -> offer.backend == backend);
    }

    synchronized void add(BackendSource source) {
        sources.put(source.name(), source);
        notifyAll();
    }

    synchronized void remove(BackendSource source) {
        sources.remove(source.name(), source);
    }

    /** The offered backend of the highest ranking. */
    synchronized Optional<StoreBackend> best() {
        return offers.stream().findFirst().map(Offer::backend);
    }

    /** Names of all backends a user may choose. */
    synchronized TreeSet<String> names() {
        TreeSet<String> names = new TreeSet<>(sources.keySet());
        offers.forEach(offer -> names.add(offer.backend.name()));
        return names;
    }

    /**
     * The backend a wish means, made where it is wanted. Blocks while it is made.
     *
     * @throws InvalidInputException when there is none of that name, or it cannot be there.
     */
    StoreBackend find(Wish wish) {
        return tryFind(wish).orElseThrow(() -> missing(wish));
    }

    /** As {@link #find}, but empty when there is none of that name. */
    Optional<StoreBackend> tryFind(Wish wish) {
        return lookup(wish).map(Supplier::get);
    }

    /** As {@link #find}, but waits for whoever gives it to come. */
    StoreBackend await(Wish wish, Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        Optional<Supplier<StoreBackend>> found;
        synchronized (this) {
            found = lookup(wish);
            long left = longest.toNanos();
            while (found.isEmpty() && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                found = lookup(wish);
                left = deadline - System.nanoTime();
            }
        }
        return found.orElseThrow(() -> missing(wish)).get();
    }

    private synchronized Optional<Supplier<StoreBackend>> lookup(Wish wish) {
        BackendSource source = sources.get(wish.name);
        if (source != null) {
            return Optional.of(() -> source.in(wish.directory));
        }
        return offers.stream()
                .filter(offer -> wish.directory.isEmpty()) // an offered backend is where it is
                .map(Offer::backend)
                .filter(backend -> wish.name.isEmpty() || wish.name.equals(backend.name()))
                .findFirst()
                .map(backend -> () -> backend);
    }

    private InvalidInputException missing(Wish wish) {
        return new InvalidInputException("plasma-backend=" + wish.name
                + wish.directory.map(path -> " in plasma-directory=" + path).orElse("")
                + " is not there: choose one of "
                + String.join(", ", names()) + ", or install the bundle that gives it.");
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.plasma;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.StoreGoneException;

/** One wait for objects to be sealed, of the thread that makes it. */
final class SealedWait {
    private final PlasmaClient client;
    private final Set<PlasmaId> missing;
    private final Set<PlasmaId> present = new LinkedHashSet<>();
    private final int count;
    private final Semaphore news = new Semaphore(0);
    private final Runnable action = news::release;

    SealedWait(PlasmaClient client, Collection<PlasmaId> ids, int count) {
        this.client = requireNonNull(client, "client");
        this.missing = new LinkedHashSet<>(ids);
        this.count = Math.min(count, missing.size());
    }

    Set<PlasmaId> await(Duration timeout) throws InterruptedException {
        look();
        if (present.size() >= count) {
            return present;
        }
        List<PlasmaId> watched = new ArrayList<>(missing);
        client.notices().watch(watched, action);
        try {
            long deadline = System.nanoTime() + saturated(timeout);
            look();
            while (present.size() < count) {
                if (!news.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    look();
                    return present;
                }
                news.drainPermits();
                look();
                if (present.size() < count && !client.isOpen()) {
                    throw new StoreGoneException(
                            "the object store is gone while waiting for objects=" + missing.size());
                }
            }
            return present;
        } finally {
            if (client.isOpen()) {
                client.notices().cancel(watched, action);
            }
        }
    }

    private void look() {
        missing.removeIf(id -> client.contains(id) && present.add(id));
    }

    private static long saturated(Duration timeout) {
        try {
            return Math.min(timeout.toNanos(), Long.MAX_VALUE / 2);
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE / 2; // centuries
        }
    }
}

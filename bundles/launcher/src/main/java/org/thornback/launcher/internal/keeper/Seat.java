// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.keeper;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * One service that outlives its provider: registered when the first provider comes, and not taken back before the node ends.
 * Providers come on any thread, one at a time.
 *
 * @param <T> the service.
 */
final class Seat<T> {
    private final Class<T> type;
    private final Supplier<T> offered;
    private volatile T provider;
    private T registered;
    private ServiceRegistration<T> registration;

    private Seat(Class<T> type, Function<Supplier<T>, T> standIn) {
        this.type = requireNonNull(type, "type");
        T lasting = standIn == null ? null : standIn.apply(() -> provider);
        offered = () -> lasting == null ? provider : lasting;
    }

    /** Users get a stand-in, which asks whoever provides the service at the moment. */
    static <T> Seat<T> asking(Class<T> type, Function<Supplier<T>, T> standIn) {
        return new Seat<>(type, requireNonNull(standIn, "standIn"));
    }

    /** Users get the provider itself, for it is handed from one bundle to the next. */
    static <T> Seat<T> lending(Class<T> type) {
        return new Seat<>(type, null);
    }

    Class<T> type() {
        return type;
    }

    /** A provider has come: it is asked from now on. */
    synchronized void come(Object service, BundleContext context) {
        provider = type.cast(service);
        T wanted = offered.get();
        if (wanted == registered) {
            return;
        }
        ServiceRegistration<T> before = registration;
        registered = wanted;
        registration = context.registerService(type, wanted, null); // first, so that nobody is without
        if (before != null) {
            before.unregister();
        }
    }
}

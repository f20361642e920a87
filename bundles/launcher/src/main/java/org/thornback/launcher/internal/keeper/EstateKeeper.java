// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.keeper;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.config.Configuration;
import org.thornback.api.keeper.Keeper;
import org.thornback.api.security.RedisCredentials;
import org.thornback.api.session.ComponentLog;
import org.thornback.api.session.Session;
import org.thornback.api.store.ObjectStore;

/**
 * The keeper. It hides the providers of the services it stands in for from every bundle, by service hooks, so that users need
 * not know of it: they find a service that does not go when its provider's bundle stops. It is there before the first bundle
 * and belongs to none, for what goes with a bundle cannot outlive it.
 *
 * <p>Owns the estates, under its lock. Providers are told by the framework, on the threads that register them.
 */
public final class EstateKeeper implements Keeper, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");

    private final BundleContext framework;
    private final Map<String, Seat<?>> seats = Stream.of(
                    Seat.asking(Configuration.class, StandIns.OfConfiguration::new),
                    Seat.asking(RedisCredentials.class, StandIns.OfCredentials::new),
                    Seat.asking(Session.class, StandIns.OfSession::new),
                    Seat.asking(ComponentLog.class, StandIns.OfLog::new),
                    Seat.lending(ObjectStore.class))
            .collect(Collectors.toMap(seat -> seat.type().getName(), Function.identity()));
    private final Map<String, Object> estates = new HashMap<>();

    /**
     * Begins to look for providers.
     *
     * @param framework the system bundle's context, which sees what is hidden.
     */
    public EstateKeeper(BundleContext framework) {
        this.framework = requireNonNull(framework, "framework");
        framework.addServiceListener(this::serviceChanged);
        framework.registerService(
                new String[] {FindHook.class.getName(), EventListenerHook.class.getName()},
                new Screen(reference -> seat(reference) != null),
                null);
        framework.registerService(Keeper.class, this, null);
    }

    /** The node has ended: what nobody took ends with it. */
    @Override
    public void close() {
        List<Object> left;
        synchronized (this) {
            left = List.copyOf(estates.values());
            estates.clear();
        }
        for (Object estate : left) {
            if (estate instanceof AutoCloseable closeable) {
                end(closeable);
            }
        }
    }

    @Override
    public synchronized boolean leave(String name, Object estate) {
        if (framework.getBundle().getState() != Bundle.ACTIVE) {
            return false;
        }
        estates.put(requireNonNull(name, "name"), requireNonNull(estate, "estate"));
        return true;
    }

    @Override
    public synchronized <T> Optional<T> take(String name, Class<T> type) {
        Object estate = estates.get(name);
        if (!type.isInstance(estate)) {
            return Optional.empty();
        }
        estates.remove(name);
        return Optional.of(type.cast(estate));
    }

    private void serviceChanged(ServiceEvent event) {
        ServiceReference<?> reference = event.getServiceReference();
        Seat<?> seat = seat(reference);
        if (seat != null && event.getType() == ServiceEvent.REGISTERED) {
            seat.come(framework.getService(reference), framework);
        }
    }

    /** The seat of what a provider offers; null when we do not stand in for it, or it is our stand-in. */
    private Seat<?> seat(ServiceReference<?> reference) {
        if (framework.getBundle().equals(reference.getBundle())) {
            return null;
        }
        return Arrays.stream((String[]) reference.getProperty(Constants.OBJECTCLASS))
                .map(seats::get)
                .filter(seat -> seat != null)
                .findFirst()
                .orElse(null);
    }

    private static void end(AutoCloseable estate) {
        try {
            estate.close();
        } catch (Exception e) {
            LOG.error("what a stopped bundle left did not end cleanly", e);
        }
    }
}

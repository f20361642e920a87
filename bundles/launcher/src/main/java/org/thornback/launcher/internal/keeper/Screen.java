// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.keeper;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook;

/** Hides services from every bundle but the framework: they are neither found nor heard of. Stateless; called on any thread. */
final class Screen implements FindHook, EventListenerHook {
    private final Predicate<ServiceReference<?>> hidden;

    Screen(Predicate<ServiceReference<?>> hidden) {
        this.hidden = requireNonNull(hidden, "hidden");
    }

    @Override
    public void find(
            BundleContext asking,
            String name,
            String filter,
            boolean allServices,
            Collection<ServiceReference<?>> references) {
        if (!isFramework(asking)) {
            references.removeIf(hidden);
        }
    }

    @Override
    public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerHook.ListenerInfo>> listeners) {
        if (hidden.test(event.getServiceReference())) {
            List.copyOf(listeners.keySet()).stream()
                    .filter(listening -> !isFramework(listening))
                    .forEach(listeners::remove);
        }
    }

    private static boolean isFramework(BundleContext context) {
        return context.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID;
    }
}

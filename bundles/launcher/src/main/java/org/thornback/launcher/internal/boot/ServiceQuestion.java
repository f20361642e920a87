// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.thornback.api.ThornbackException;
import org.thornback.launcher.internal.home.BundleEntry;
import org.thornback.launcher.internal.home.Features;
import org.thornback.launcher.internal.home.Home;

/** Asks services something in a container that lives just for that, for commands that need no node. */
public final class ServiceQuestion {
    private ServiceQuestion() {}

    /**
     * The services of such a container.
     *
     * @param context  of its framework.
     * @param problems of bundles that could not be started.
     */
    public record Services(BundleContext context, List<String> problems) {

        /** Keeps what the problems are now. */
        public Services {
            problems = List.copyOf(problems);
        }

        /**
         * A service that may be missing: its bundle offers it only when something holds.
         *
         * @param type of the service.
         * @param <S>  the same.
         * @return empty when it is not there.
         */
        public <S> Optional<S> find(Class<S> type) {
            ServiceReference<S> reference = context.getServiceReference(type);
            return Optional.ofNullable(reference).map(context::getService);
        }

        /**
         * A service that is always there.
         *
         * @param type of the service.
         * @param <S>  the same.
         * @return the service.
         * @throws ThornbackException when it is not there.
         */
        public <S> S get(Class<S> type) {
            return find(type)
                    .orElseThrow(() -> new ThornbackException(
                            ThornbackException.Category.FATAL,
                            "service=" + type.getSimpleName() + " is not there " + problems
                                    + ": unpack the distribution again."));
        }
    }

    /**
     * Starts some bundles, asks, and ends them.
     *
     * @param home     the distribution.
     * @param bundles  which of its bundles.
     * @param offered  services they find when they start, each by its type.
     * @param question what is asked.
     * @param <A>      type of the answer.
     * @return the answer.
     */
    public static <A> A ask(
            Home home, Predicate<BundleEntry> bundles, Map<Class<?>, ?> offered, Function<Services, A> question) {
        Features features = Features.read(home).only(bundles);
        NodeTraces traces = new NodeTraces(home.cache().resolve("framework"));
        Container container = new Container(home, features, traces.storage(), Map.of());
        try {
            container.open();
            BundleContext context = container.context();
            offered.forEach((type, service) -> context.registerService(type.getName(), service, null));
            List<String> problems = container.startBundles(features.bundles());
            return question.apply(new Services(context, problems));
        } catch (BundleException broken) {
            throw new ThornbackException(
                    ThornbackException.Category.FATAL, "the container did not start: " + broken.getMessage(), broken);
        } finally {
            container.close();
        }
    }
}

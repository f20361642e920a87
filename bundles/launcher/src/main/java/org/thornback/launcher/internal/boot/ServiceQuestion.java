// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.thornback.api.ThornbackException;
import org.thornback.launcher.internal.home.BundleEntry;
import org.thornback.launcher.internal.home.Features;
import org.thornback.launcher.internal.home.Home;

/** Asks a service something in a container that lives just for that, for commands that need no node. */
public final class ServiceQuestion {
    private ServiceQuestion() {}

    /**
     * Starts some bundles, asks, and ends them.
     *
     * @param home     the distribution.
     * @param bundles  which of its bundles.
     * @param service  who is asked.
     * @param question what is asked.
     * @param <S>      type of the service.
     * @param <A>      type of the answer.
     * @return the answer.
     * @throws ThornbackException when the service is not there.
     */
    public static <S, A> A ask(Home home, Predicate<BundleEntry> bundles, Class<S> service, Function<S, A> question) {
        Features features = Features.read(home).only(bundles);
        NodeTraces traces = new NodeTraces(home.cache().resolve("framework"));
        Container container = new Container(home, features, traces.storage(), Map.of());
        try {
            container.open();
            List<String> problems = container.startBundles(features.bundles());
            ServiceReference<S> reference = container.context().getServiceReference(service);
            if (reference == null) {
                throw new ThornbackException(
                        ThornbackException.Category.FATAL,
                        "service=" + service.getSimpleName() + " is not there " + problems
                                + ": unpack the distribution again.");
            }
            return question.apply(container.context().getService(reference));
        } catch (BundleException broken) {
            throw new ThornbackException(
                    ThornbackException.Category.FATAL, "the container did not start: " + broken.getMessage(), broken);
        } finally {
            container.close();
        }
    }
}

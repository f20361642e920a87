// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.thornback.api.health.NodeParts;

/** Asks the framework about the bundles this process installed, and the component runtime about what is in them. */
final class DistributionParts implements NodeParts {
    private final Supplier<List<Bundle>> bundles;
    private final ComponentCheck components;
    private final CountDownLatch started = new CountDownLatch(1);

    /**
     * Parts of a container that is about to start.
     *
     * @param bundles    those installed so far.
     * @param components in them.
     */
    DistributionParts(Supplier<List<Bundle>> bundles, ComponentCheck components) {
        this.bundles = requireNonNull(bundles, "bundles");
        this.components = requireNonNull(components, "components");
    }

    /** Every bundle has been started, or could not be. */
    void started() {
        started.countDown();
    }

    @Override
    public boolean awaitStarted(Duration limit) throws InterruptedException {
        return started.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public List<String> stoppedBundles() {
        return bundles.get().stream()
                .filter(DistributionParts::shouldRun)
                .map(DistributionParts::sentence)
                .toList();
    }

    @Override
    public List<String> idleComponents() {
        return sentences(components.notRunning());
    }

    @Override
    public List<String> idleComponents(long bundle) {
        return sentences(components.notRunning(bundle));
    }

    private static List<String> sentences(List<String> reasons) {
        return reasons.stream()
                .map(reason -> reason.endsWith(".") ? reason : reason + ".")
                .toList();
    }

    private static boolean shouldRun(Bundle bundle) {
        return (bundle.getState() & (Bundle.ACTIVE | Bundle.UNINSTALLED)) == 0
                && bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null;
    }

    private static String sentence(Bundle bundle) {
        String name = bundle.getSymbolicName();
        String start = "`ray exec \"start " + bundle.getBundleId() + "\"`"; // Felix's start takes no names
        return switch (bundle.getState()) {
            case Bundle.STARTING -> "bundle=" + name + " is starting.";
            case Bundle.STOPPING -> "bundle=" + name + " is stopping.";
            case Bundle.INSTALLED -> "bundle=" + name + " lacks something it imports: " + start + " says what.";
            default -> "bundle=" + name + " is stopped: " + start + " starts it.";
        };
    }
}

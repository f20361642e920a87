// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.InvalidInputException;
import org.thornback.api.health.NodeParts;

/**
 * Installs and starts bundles. The next version of one is started beside the one that runs, which goes only when the next one
 * works; services overlap, and a version that does not start has touched nothing.
 *
 * <p>A bundle's location says which file it came from, so that whoever starts later finds it again.
 */
final class BundleTarget implements Target {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final String LOCATION = "deploy:";
    private static final Pattern MISSING_PACKAGE = Pattern.compile("osgi\\.wiring\\.package=([\\w.]+)\\)([^)]*\\))?");

    private final BundleContext context;
    private final Supplier<NodeParts> parts;
    private final Map<String, Bundle> running = new ConcurrentHashMap<>();

    BundleTarget(BundleContext context, Supplier<NodeParts> parts) {
        this.context = requireNonNull(context, "context");
        this.parts = requireNonNull(parts, "parts");
        for (Bundle bundle : context.getBundles()) {
            String location = bundle.getLocation();
            int end = location.lastIndexOf('#');
            if (location.startsWith(LOCATION) && end > 0) {
                running.put(location.substring(LOCATION.length(), end), bundle);
            }
        }
    }

    @Override
    public void put(Content content) {
        Bundle before = running.get(content.name());
        String location = LOCATION + content.name() + "#" + content.hash();
        if (before != null && before.getLocation().equals(location)) {
            return;
        }
        boolean alone = before != null && isSingleton(before);
        if (alone) {
            stop(before); // two of them cannot be resolved at once
        }
        try {
            running.put(content.name(), start(location, content));
        } catch (BundleException | RuntimeException | LinkageError failed) {
            if (alone) {
                startAgain(before);
            }
            throw new InvalidInputException("bundle=" + content.name() + " cannot be started: " + reason(failed));
        }
        if (before != null) {
            uninstall(before);
        }
    }

    @Override
    public boolean goOn(String name, String hash, String note) {
        return running.containsKey(name);
    }

    @Override
    public void remove(String name) {
        Bundle bundle = running.remove(name);
        if (bundle != null) {
            uninstall(bundle);
        }
    }

    @Override
    public String remark(String name) {
        Bundle bundle = running.get(name);
        NodeParts asked = parts.get();
        // it may run and yet do nothing
        return bundle == null || asked == null ? "" : String.join(" ", asked.idleComponents(bundle.getBundleId()));
    }

    private Bundle start(String location, Content content) throws BundleException {
        Bundle next = context.installBundle(location, content.stream());
        try {
            if (next.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
                next.start();
            }
            return next;
        } catch (BundleException | RuntimeException | LinkageError failed) {
            next.uninstall();
            throw failed;
        }
    }

    private static boolean isSingleton(Bundle bundle) {
        String name = bundle.getHeaders("").get(Constants.BUNDLE_SYMBOLICNAME);
        return name != null && name.replace(" ", "").contains(Constants.SINGLETON_DIRECTIVE + ":=true");
    }

    private static void stop(Bundle bundle) {
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException e) {
            LOG.warn("bundle {} did not stop cleanly", bundle, e);
        }
    }

    private static void startAgain(Bundle bundle) {
        try {
            bundle.start();
        } catch (BundleException e) {
            LOG.error("bundle {} does not start again", bundle, e);
        }
    }

    private void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException | IllegalStateException e) {
            LOG.warn("bundle {} did not go cleanly", bundle, e);
        }
        // who uses its packages gets those of the next one, or stops for want of them
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkWiring.class)
                .refreshBundles(List.of(bundle));
    }

    /** Why a bundle does not start, in words for a user. */
    static String reason(Throwable failed) {
        String message = String.valueOf(failed.getMessage());
        Matcher missing = MISSING_PACKAGE.matcher(message);
        if (missing.find()) {
            return "it imports package " + missing.group(1) + ", which no bundle here exports in a version that fits.";
        }
        Throwable cause = failed instanceof BundleException && failed.getCause() != null ? failed.getCause() : failed;
        return String.valueOf(cause).replaceAll("\\s+", " ") + ".";
    }
}

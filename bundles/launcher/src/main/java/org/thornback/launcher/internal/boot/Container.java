// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.launcher.internal.home.BundleEntry;
import org.thornback.launcher.internal.home.Features;
import org.thornback.launcher.internal.home.Home;
import org.thornback.launcher.internal.home.Trees;

/**
 * One Felix framework with the bundles of the features.
 *
 * <p>{@link #open} first, then services may be registered through {@link #context}, then {@link #startBundles}. All three are
 * called by the launching thread; {@link #close} by any thread, more than once.
 */
final class Container implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("ray.launcher");
    private static final long STOP_MILLIS = 5_000;

    private final Path storage;
    private final Framework framework;
    private final List<Bundle> own = new CopyOnWriteArrayList<>();
    private BundleContext context;

    /**
     * Prepares a framework.
     *
     * @param home       the distribution; its bundles learn where it is.
     * @param features   say which jars of the class path have exported packages the bundles see.
     * @param storage    directory of its own that is not there yet, deleted at {@link #close}.
     * @param properties further framework properties.
     */
    Container(Home home, Features features, Path storage, Map<String, String> properties) {
        this.storage = requireNonNull(storage, "storage");
        Map<String, Object> all = new HashMap<>(properties);
        all.put(Home.PROPERTY, home.directory().toString());
        all.put(Home.CACHE_PROPERTY, home.cache().toString());
        all.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        all.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SystemPackages.exportedBy(features.exported()));
        all.put(Constants.FRAMEWORK_BOOTDELEGATION, "jdk.internal.misc,sun.misc");
        // whatever comes later: no HTTP before it is configured, no web console but ours lets people in
        all.put("org.apache.felix.http.require.config", "true");
        all.put("felix.webconsole.security.providers", "org.thornback.webui");
        all.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE); // the next one is tried first
        all.put("felix.log.logger", new FelixLog());
        all.put("felix.log.level", "2");
        this.framework = new Felix(all, new ClassPathBundles(System.getProperty("java.class.path")));
    }

    /**
     * Starts the empty framework.
     *
     * @throws BundleException when Felix cannot.
     */
    void open() throws BundleException {
        framework.start();
        context = framework.getBundleContext();
    }

    /**
     * The system bundle's context.
     *
     * @return valid between {@link #open} and {@link #close}; afterwards its methods throw {@link IllegalStateException}.
     */
    BundleContext context() {
        return context;
    }

    /**
     * The bundles that were installed here, whatever became of them.
     *
     * @return in the order of their installation.
     */
    List<Bundle> bundles() {
        return List.copyOf(own);
    }

    /**
     * Installs and starts bundles in the order given; fragments are installed only.
     *
     * @param entries the bundles.
     * @return one sentence for each bundle that could not be started; empty when all run.
     */
    List<String> startBundles(List<BundleEntry> entries) {
        List<String> problems = new ArrayList<>();
        List<Bundle> installed = new ArrayList<>(entries.size());
        for (BundleEntry entry : entries) {
            try {
                forgetNextId();
                installed.add(context().installBundle(ClassPathBundles.location(entry.jar())));
            } catch (BundleException broken) {
                LOG.error("bundle {} cannot be installed", entry.jar(), broken);
                problems.add("bundle=" + entry.jar().getFileName() + " cannot be installed: " + broken.getMessage());
            }
        }
        own.addAll(installed);
        context().getBundle().adapt(FrameworkWiring.class).resolveBundles(installed); // in one go, not one by one
        for (Bundle bundle : installed) {
            try {
                if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
                    bundle.start();
                }
            } catch (BundleException broken) {
                LOG.error("bundle {} cannot be started", bundle, broken);
                problems.add("bundle=" + bundle.getSymbolicName() + " cannot be started: " + broken.getMessage());
            }
        }
        return problems;
    }

    /**
     * Felix rewrites a file with the next bundle id at every install, and a file system that keeps rewritten files safe brings
     * it to the disk each time: a tenth of a start. Nobody reads it, since the storage ends with the process, and a file that
     * is new is not brought there.
     */
    private void forgetNextId() {
        try {
            Files.deleteIfExists(storage.resolve("bundle0").resolve("bundle.id"));
        } catch (IOException slower) {
            LOG.debug("directory {}: {}", storage, slower.toString());
        }
    }

    /**
     * Waits until the framework has stopped, whoever stopped it.
     *
     * @throws InterruptedException when the thread is to end.
     */
    void awaitStop() throws InterruptedException {
        FrameworkEvent event;
        do {
            event = framework.waitForStop(0);
        } while (event.getType() == FrameworkEvent.WAIT_TIMEDOUT);
    }

    /** Stops every bundle, newest first, then the framework, and deletes its storage. Bounded in time. */
    @Override
    public void close() {
        try {
            framework.stop();
            FrameworkEvent event = framework.waitForStop(STOP_MILLIS);
            if (event.getType() == FrameworkEvent.WAIT_TIMEDOUT) {
                LOG.error("the framework did not stop within {} ms", STOP_MILLIS);
            }
        } catch (BundleException broken) {
            LOG.error("the framework did not stop", broken);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        try {
            if (Files.exists(storage)) {
                Trees.delete(storage);
            }
        } catch (IOException left) {
            LOG.warn("directory {} could not be deleted: {}", storage, left.toString());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/**
 * Runs a Felix framework inside the test's JVM, new for each test, with the bundles a test asks for.
 *
 * <p>Bundles are files or come from the test's class path by symbolic name. As in a node, the API, SLF4J and the log
 * service's interfaces are not installed but exported from the class path by the system bundle, so that a test and the
 * bundles see the same types. The framework's storage is removed when the test ends, unless it failed: then it stays
 * and the path is reported.
 */
public final class FelixExtension implements BeforeEachCallback, AfterEachCallback {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private final List<Path> bundles = new ArrayList<>();
    private final Map<String, String> properties = new HashMap<>();
    private final List<String> exports = new ArrayList<>();
    private Framework framework;
    private Path storage;

    /** A framework with nothing installed yet. */
    public FelixExtension() {
        exports("org.thornback.api", "slf4j.api", "org.osgi.service.log");
    }

    /** Adds bundles found on the test's class path, in this order. */
    public FelixExtension bundles(String... symbolicNames) {
        for (String name : symbolicNames) {
            bundles.add(ClassPathBundles.file(name));
        }
        return this;
    }

    /** Adds a bundle file. */
    public FelixExtension bundle(Path file) {
        bundles.add(file);
        return this;
    }

    /** Sets a framework property. */
    public FelixExtension property(String key, String value) {
        properties.put(key, value);
        return this;
    }

    /** Adds the runtime of Declarative Services. */
    public FelixExtension componentRuntime() {
        return bundles(
                "org.osgi.util.function",
                "org.osgi.util.promise",
                "org.osgi.service.component",
                "org.apache.felix.scr");
    }

    /** Exports what a bundle of the class path exports from the system bundle instead, so that the test sees it too. */
    public FelixExtension exports(String... symbolicNames) {
        for (String name : symbolicNames) {
            exports.addAll(ClassPathBundles.exportedPackages(name));
        }
        return this;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        storage = Files.createTempDirectory("thornback-felix-");
        var settings = new HashMap<>(properties);
        settings.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, String.join(",", exports));
        settings.put(Constants.FRAMEWORK_BOOTDELEGATION, "jdk.internal.misc");
        framework = new FrameworkFactory().newFramework(settings);
        framework.init();
        var installed = new ArrayList<Bundle>();
        for (Path file : bundles) {
            installed.add(install(file));
        }
        framework.start();
        for (Bundle bundle : installed) {
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                bundle.start();
            }
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        framework.stop();
        framework.waitForStop(STOP_TIMEOUT.toMillis());
        if (context.getExecutionException().isPresent()) {
            context.publishReportEntry("felix storage kept", storage.toString());
            return;
        }
        KeptOnFailure.deleteRecursively(storage);
    }

    /** Installs a further bundle while the framework runs; it is not started. */
    public Bundle install(Path file) {
        try {
            return framework.getBundleContext().installBundle("reference:" + file.toUri());
        } catch (BundleException e) {
            throw new AssertionError("cannot install bundle=" + file, e);
        }
    }

    /** The system bundle's context. */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /** The installed bundle of that symbolic name. */
    public Bundle bundle(String symbolicName) {
        for (Bundle bundle : context().getBundles()) {
            if (symbolicName.equals(bundle.getSymbolicName())) {
                return bundle;
            }
        }
        throw new AssertionError("no bundle installed with symbolicName=" + symbolicName);
    }

    /** Waits up to ten seconds for a service and returns it. */
    public <T> T service(Class<T> type) {
        return Await.awaitValue(
                () -> {
                    ServiceReference<T> reference = context().getServiceReference(type);
                    return reference == null ? null : context().getService(reference);
                },
                found -> found != null,
                Duration.ofSeconds(10),
                () -> "no service of type=" + type.getName());
    }

    /** Where the framework keeps its data during this test. */
    public Path storage() {
        if (storage == null) {
            throw new UncheckedIOException(new IOException("the framework has not been started"));
        }
        return storage;
    }
}

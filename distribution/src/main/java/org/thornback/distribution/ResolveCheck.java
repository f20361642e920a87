// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;

/** Installs bundles into a framework of its own and asks it whether they resolve; nothing of them runs. */
final class ResolveCheck {
    private final Path storage;
    private final String systemPackages;

    ResolveCheck(Path storage, List<String> systemPackages) {
        this.storage = storage;
        this.systemPackages = String.join(",", systemPackages);
    }

    /** One line for each bundle that does not resolve; empty when all do. */
    List<String> problems(List<Path> jars) throws IOException {
        Framework framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        storage.toString(),
                        Constants.FRAMEWORK_STORAGE_CLEAN,
                        Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        systemPackages));
        try {
            framework.start();
            return problems(framework, jars);
        } catch (BundleException e) {
            throw new IOException("the framework did not start: " + e.getMessage(), e);
        } finally {
            stop(framework);
        }
    }

    private static List<String> problems(Framework framework, List<Path> jars) {
        var problems = new ArrayList<String>();
        var installed = new ArrayList<Bundle>();
        for (Path jar : jars) {
            try {
                Bundle bundle = framework.getBundleContext().installBundle("reference:" + jar.toUri());
                if (bundle.getSymbolicName() == null) {
                    problems.add(jar.getFileName() + " is no bundle: it has no Bundle-SymbolicName");
                } else {
                    installed.add(bundle);
                }
            } catch (BundleException e) {
                problems.add(jar.getFileName() + " cannot be installed: " + e.getMessage());
            }
        }
        framework.adapt(FrameworkWiring.class).resolveBundles(installed);
        for (Bundle bundle : installed) {
            if (bundle.getState() == Bundle.INSTALLED) {
                problems.add(reason(bundle));
            }
        }
        return problems;
    }

    /** A bundle that does not resolve does not start either, and the exception says what it misses. */
    private static String reason(Bundle bundle) {
        try {
            bundle.start();
            return bundle.getSymbolicName() + " did not resolve, though it started";
        } catch (BundleException e) {
            return bundle.getSymbolicName() + " does not resolve: " + e.getMessage();
        }
    }

    private static void stop(Framework framework) throws IOException {
        try {
            framework.stop();
            framework.waitForStop(20_000);
        } catch (BundleException e) {
            throw new IOException("the framework did not stop: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the framework stopped", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.connect.ConnectModule;
import org.osgi.framework.connect.ModuleConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the framework the bundles that are on the class path already, as OSGi Core 8, chapter 60, describes.
 *
 * <p>The classes of such a bundle come from the application class loader, and so out of the AOT cache: neither read nor
 * verified nor linked anew at every start. All else, wiring, services, life cycle, is as for any bundle. When one is updated,
 * its jar is no longer the one the process began with, and its new classes get a loader of their own. Therefore a bundle of
 * the class path can be updated alone as long as it exports nothing to others of them.
 *
 * <p>Immutable after construction; called by whoever installs or updates a bundle.
 */
final class ClassPathBundles implements ModuleConnector {
    private static final Logger LOG = LoggerFactory.getLogger("ray.launcher");

    private final Map<String, Jar> jars = new HashMap<>();

    /** A jar as it was when the process began. */
    private record Jar(Path path, long size, FileTime modified) {
        static Jar of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Jar(path, attributes.size(), attributes.lastModifiedTime());
        }

        boolean isUnchanged() throws IOException {
            return equals(of(path));
        }
    }

    /**
     * Looks at the jars.
     *
     * @param classPath of this process, as the JVM has it.
     */
    ClassPathBundles(String classPath) {
        for (String element : classPath.split(File.pathSeparator)) {
            Path path = Path.of(element);
            try {
                jars.put(location(path), Jar.of(path));
            } catch (IOException gone) {
                LOG.warn("class path element {} cannot be read: {}", path, gone.toString());
            }
        }
    }

    /**
     * Where a jar is installed from.
     *
     * @param jar a bundle.
     * @return a location that {@link #connect} knows if the jar is on the class path.
     */
    static String location(Path jar) {
        return jar.toUri().toString();
    }

    @Override
    public void initialize(File storage, Map<String, String> configuration) {
        // Nothing is stored.
    }

    @Override
    public Optional<ConnectModule> connect(String location) {
        Jar jar = jars.get(location);
        try {
            return jar != null && jar.isUnchanged()
                    ? Optional.of(() -> new ClassPathContent(jar.path(), ClassPathBundles.class.getClassLoader()))
                    : Optional.empty();
        } catch (IOException gone) {
            LOG.warn("bundle {} cannot be read: {}", location, gone.toString());
            return Optional.empty();
        }
    }

    @Override
    public Optional<BundleActivator> newBundleActivator() {
        return Optional.empty();
    }
}

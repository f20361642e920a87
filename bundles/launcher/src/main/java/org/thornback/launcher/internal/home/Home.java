// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.home;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import org.thornback.api.InvalidInputException;

/**
 * The unpacked distribution this process runs from.
 *
 * @param directory absolute path of its top.
 */
public record Home(Path directory) {
    /** System and framework property with the directory. */
    public static final String PROPERTY = "thornback.home";

    /** System property with the directory of the AOT caches. */
    public static final String CACHE_PROPERTY = "thornback.cache";

    /** Checks that nothing is missing. */
    public Home {
        requireNonNull(directory, "directory");
    }

    /**
     * The distribution named by {@link #PROPERTY}, which {@code bin/ray} sets.
     *
     * @return the distribution.
     */
    public static Home ofThisProcess() {
        String given = System.getProperty(PROPERTY, "");
        Path directory = Path.of(given);
        if (given.isEmpty() || !Files.isDirectory(directory.resolve("lib"))) {
            throw new InvalidInputException(
                    PROPERTY + "=" + given + " is not an unpacked distribution: start ray through its bin/ray.");
        }
        return new Home(directory.toAbsolutePath().normalize());
    }

    /**
     * Lists of bundles.
     *
     * @return directory of the feature files.
     */
    public Path features() {
        return directory.resolve("features");
    }

    /**
     * What a driver needs on its class path.
     *
     * @return the thin jar.
     */
    public Path driverJar() {
        return directory.resolve("driver").resolve("thornback-driver.jar");
    }

    /**
     * Programs that come with the distribution.
     *
     * @return directory of the example jars.
     */
    public Path examples() {
        return directory.resolve("examples");
    }

    /**
     * Where this installation and this JDK keep what can be made again: AOT caches, framework storage.
     *
     * @return a directory that may not exist yet.
     */
    public Path cache() {
        String given = System.getProperty(CACHE_PROPERTY, "");
        return given.isEmpty() ? directory.resolve("cache") : Path.of(given);
    }

    /**
     * The JDK this process runs on.
     *
     * @return its {@code java} executable.
     */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.worker;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of worker JVMs: the thin driver jar, then the implementation's jars. It must be the same, in the same order,
 * where the AOT cache of workers is made and where it is used.
 */
public final class WorkerClassPath {
    private WorkerClassPath() {}

    /**
     * The class path of a distribution's workers.
     *
     * @param home the unpacked distribution.
     * @return jars, separated as the JVM wants them.
     * @throws IOException when the distribution cannot be read.
     */
    public static String of(Path home) throws IOException {
        Path driver = home.resolve("driver");
        try (Stream<Path> runtime = Files.list(driver.resolve("runtime"))) {
            Stream<Path> jars =
                    runtime.filter(jar -> jar.toString().endsWith(".jar")).sorted();
            return Stream.concat(Stream.of(driver.resolve("thornback-driver.jar")), jars)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }
}

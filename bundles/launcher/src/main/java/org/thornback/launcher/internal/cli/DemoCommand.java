// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thornback.api.ThornbackException;
import org.thornback.launcher.internal.home.Home;
import picocli.CommandLine.Command;

/**
 * {@code ray demo}: runs an example as a driver with a cluster of its own, on loopback.
 *
 * <p>{@code bin/ray} runs the driver without this class, so that signals and exit status need no passing on; here is its help,
 * and a way for those who call the launcher by hand.
 */
@Command(
        name = "demo",
        description = "Analyses the class files of this JDK on a cluster of its own, and ends all it started.")
final class DemoCommand implements Callable<Integer> {
    private static final String MAIN = "org.thornback.examples.JrtAtlas";

    @Override
    public Integer call() throws InterruptedException {
        Home home = Home.ofThisProcess();
        ProcessBuilder driver = new ProcessBuilder(
                        Home.java().toString(), "-Dray.address=local", "-cp", classPath(home), MAIN)
                .inheritIO();
        try {
            Process process = driver.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
            return process.waitFor();
        } catch (IOException broken) {
            throw new ThornbackException(
                    ThornbackException.Category.FATAL, "java=" + Home.java() + " cannot be started.", broken);
        }
    }

    private static void end(Process driver) {
        driver.destroy();
        try {
            driver.waitFor();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static String classPath(Home home) {
        try (Stream<Path> jars = Files.list(home.examples())) {
            return Stream.concat(
                            List.of(home.driverJar()).stream(),
                            jars.filter(jar -> jar.toString().endsWith(".jar")).sorted())
                    .map(Path::toString)
                    .collect(Collectors.joining(java.io.File.pathSeparator));
        } catch (IOException missing) {
            throw new ThornbackException(
                    ThornbackException.Category.FATAL,
                    "examples=" + home.examples() + " cannot be read: unpack the distribution again.",
                    missing);
        }
    }
}

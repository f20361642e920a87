// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.doctor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.thornback.api.health.Diagnosis;

/**
 * The {@code java} a user gets who types it: drivers run with it. Nodes find a JDK by themselves, so one that runs this has
 * the right one already. Stateless.
 */
final class JavaCheck {
    private static final String SUBJECT = "jdk";
    private static final String WANTED = Integer.toString(Runtime.version().feature());

    private JavaCheck() {}

    /**
     * Looks.
     *
     * @param path of the shell, directories separated as there.
     * @param home of the JDK this process runs on.
     */
    static Diagnosis look(String path, Path home) {
        String remedy = "`export JAVA_HOME=" + home + " PATH=" + home.resolve("bin") + ":$PATH`.";
        Optional<Path> java = Stream.of(path.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, "java"))
                .filter(Files::isExecutable)
                .findFirst();
        if (java.isEmpty()) {
            return Diagnosis.problem(
                    SUBJECT, "There is no java on the PATH, so a driver cannot be started by that name.", remedy);
        }
        try {
            Path real = java.get().toRealPath();
            String version = version(real.getParent().getParent().resolve("release"));
            return version.equals(WANTED) || version.startsWith(WANTED + ".")
                    ? Diagnosis.ok(SUBJECT, "java on the PATH is " + version + ".")
                    : Diagnosis.problem(
                            SUBJECT,
                            "java on the PATH is " + version + " (" + real + "); a driver needs " + WANTED + ".",
                            remedy);
        } catch (IOException unreadable) {
            return Diagnosis.skipped(SUBJECT, java.get() + " does not say which version it is.");
        }
    }

    private static String version(Path release) throws IOException {
        return Files.readAllLines(release).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.substring("JAVA_VERSION=".length()).replace("\"", ""))
                .findFirst()
                .orElse("unknown");
    }
}

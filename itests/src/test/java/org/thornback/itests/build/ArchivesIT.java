// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.testkit.Distribution;

/** Builds the sources a second time, in another directory, and compares what comes out. */
class ArchivesIT {
    private static final Set<String> LEFT_OUT = Set.of("target", ".git", "itests", "benchmarks");
    private static final Duration BUILD = Duration.ofMinutes(5);

    @TempDir
    Path copy;

    @Test
    void shouldGiveTheSameBytesWhenBuiltAgainElsewhere() throws IOException, InterruptedException {
        Path root = Path.of(System.getProperty("thornback.root"));
        copySources(root);
        String maven = Path.of(System.getProperty("thornback.maven.home"), "bin", "mvn")
                .toString();
        String repository = "-Dmaven.repo.local=" + System.getProperty("thornback.maven.repository");

        var answer = Distribution.run(
                BUILD,
                Map.of("JAVA_HOME", System.getProperty("thornback.maven.java")),
                List.of(
                        "/bin/sh",
                        "-c",
                        "cd \"$1\" && exec \"$2\" -o -B -q -DskipTests \"$3\" -pl distribution -am" + " package",
                        "sh",
                        copy.toString(),
                        maven,
                        repository));

        assertThat(answer.status()).as(answer.output() + answer.errors()).isZero();
        String name = Distribution.current().home().getFileName().toString();
        for (String suffix : List.of(".tar.gz", ".zip")) {
            assertThat(copy.resolve("distribution/target").resolve(name + suffix))
                    .hasSameBinaryContentAs(root.resolve("distribution/target").resolve(name + suffix));
        }
    }

    private void copySources(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (LEFT_OUT.contains(directory.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(copy.resolve(root.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, copy.resolve(root.relativize(file)), LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
        // Modules that are left out must not be asked for.
        Path pom = copy.resolve("pom.xml");
        Files.writeString(pom, Files.readString(pom).replaceAll("<module>(itests|itests/pax|benchmarks)</module>", ""));
    }
}

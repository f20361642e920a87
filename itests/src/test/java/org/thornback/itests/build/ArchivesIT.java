// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.testkit.Distribution;

/**
 * The same sources give the same bytes, wherever and whenever they are built. All modules are built alike, so two of them are
 * built a second time, in another directory; the distribution is assembled and packed a second time from the jars there are.
 */
class ArchivesIT {
    private static final Set<String> LEFT_OUT = Set.of("target", ".git", "itests", "benchmarks", "docs");
    private static final Duration BUILD = Duration.ofMinutes(5);
    private static final Pattern ASSEMBLY =
            Pattern.compile("<plugin>\\s*<artifactId>maven-assembly-plugin</artifactId>.*?</plugin>", Pattern.DOTALL);

    private final Path root = Path.of(System.getProperty("thornback.root"));
    private final Path home = Distribution.current().home();

    @TempDir
    Path elsewhere;

    @Test
    void shouldGiveTheSameJarsWhenBuiltAgainElsewhere() throws IOException, InterruptedException {
        copySources();

        maven(elsewhere, "-Dmaven.test.skip=true", "-pl", "bundles/resources", "-am", "package");

        for (String module : List.of("api", "resources")) {
            String jar = home.getFileName().toString().replace("thornback-", "org.thornback." + module + "-") + ".jar";
            assertThat(elsewhere
                            .resolve("bundles")
                            .resolve(module)
                            .resolve("target")
                            .resolve(jar))
                    .hasSameBinaryContentAs(shipped(jar));
        }
    }

    @Test
    void shouldGiveTheSameArchivesWhenAssembledAndPackedAgainElsewhere() throws IOException, InterruptedException {
        Path target = root.resolve("distribution/target");
        Path tree = elsewhere.resolve(home.getFileName());
        run(List.of(
                "/bin/sh",
                "-c",
                "umask 077 && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                target.resolve("classes") + ":" + shipped("org.apache.felix.framework-"),
                "org.thornback.distribution.Assembler",
                root.resolve("features").toString(),
                target.resolve("warehouse").toString(),
                tree.toString(),
                elsewhere.resolve("felix").toString()));
        Path packing = packing();

        maven(packing, "-Dthornback.distribution=" + tree, "package");

        for (String suffix : List.of(".tar.gz", ".zip")) {
            assertThat(packing.resolve("target").resolve(home.getFileName() + suffix))
                    .hasSameBinaryContentAs(target.resolve(home.getFileName() + suffix));
        }
    }

    @Test
    void shouldTellNothingOfTheMachineThatBuiltThem() throws IOException {
        var wrong = new ArrayList<String>();
        var times = new TreeSet<String>();
        for (Path jar : jars()) {
            try (var file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream().toList()) {
                    times.add(entry.getTimeLocal().toString());
                    String content = new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                    if (content.contains(root.toString()) || content.contains("Built-By")) {
                        wrong.add(jar.getFileName() + "!" + entry);
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(times).as("times of all entries").hasSize(1);
    }

    /** A project that only packs, as the distribution's says. */
    private Path packing() throws IOException {
        Path project = Files.createDirectories(elsewhere.resolve("packing"));
        Matcher plugin = ASSEMBLY.matcher(Files.readString(root.resolve("distribution/pom.xml")));
        assertThat(plugin.find()).isTrue();
        Files.writeString(project.resolve("pom.xml"), """
            <project>
              <modelVersion>4.0.0</modelVersion>
              <parent>
                <groupId>org.thornback</groupId>
                <artifactId>thornback</artifactId>
                <version>%s</version>
                <relativePath>%s</relativePath>
              </parent>
              <artifactId>packing</artifactId>
              <packaging>pom</packaging>
              <build><plugins>%s</plugins></build>
            </project>
            """.formatted(
                        home.getFileName().toString().substring("thornback-".length()),
                        project.relativize(root.resolve("pom.xml")),
                        plugin.group().replace("src/main/", root.resolve("distribution/src/main") + "/")));
        return project;
    }

    private void maven(Path directory, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "cd \"$1\" && shift && exec \"$@\"",
                "sh",
                directory.toString(),
                Path.of(System.getProperty("thornback.maven.home"), "bin", "mvn")
                        .toString(),
                "-o",
                "-B",
                "-q",
                "-Dmaven.repo.local=" + System.getProperty("thornback.maven.repository")));
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        var answer = Distribution.run(BUILD, Map.of("JAVA_HOME", System.getProperty("thornback.maven.java")), command);
        assertThat(answer.status()).as(answer.output() + answer.errors()).isZero();
    }

    private Path shipped(String name) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(file -> file.getFileName().toString().contains(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + name + " in " + home));
        }
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(
                            file -> file.getFileName().toString().matches("(org\\.thornback\\.|thornback-).*\\.jar"))
                    .filter(file -> !file.getFileName().toString().contains("org.thornback.lib."))
                    .toList();
        }
    }

    private void copySources() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (LEFT_OUT.contains(directory.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(elsewhere.resolve(root.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, elsewhere.resolve(root.relativize(file)), LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
        // Modules that are left out must not be asked for.
        Path pom = elsewhere.resolve("pom.xml");
        Files.writeString(pom, Files.readString(pom).replaceAll("<module>(itests|benchmarks)[^<]*</module>", ""));
    }
}

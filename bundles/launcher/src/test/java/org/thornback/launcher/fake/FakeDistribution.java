// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.fake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A distribution whose only bundle is {@link FakeNode}, with the real launcher and the real {@code bin/ray}. */
public final class FakeDistribution {
    private static final Path FEATURES = Path.of("..", "..", "features", "base");

    private final Path home;

    /** What a command said. */
    public record Answer(int status, String out, String err) {}

    public FakeDistribution(Path home) throws IOException {
        this.home = home;
        for (String file : List.of("bin/ray", "bin/find-java", "etc/node.jvm")) {
            Path target = home.resolve(file);
            Files.createDirectories(target.getParent());
            Files.copy(FEATURES.resolve(file), target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
        Path lib = Files.createDirectories(home.resolve("lib"));
        StringBuilder feature = new StringBuilder("about A node that answers and does nothing.\n");
        for (String entry : System.getProperty("java.class.path").split(":")) {
            Path jar = Path.of(entry);
            Path library = lib.resolve(jar.getFileName());
            if (Files.isDirectory(jar) && entry.endsWith("/classes")) {
                String module = jar.getParent().getParent().getFileName().toString();
                library = lib.resolve(module + ".jar");
                pack(jar, library);
            } else if (entry.endsWith(".jar")) {
                Files.copy(jar, library);
            }
            if (library.getFileName().toString().matches("(org\\.thornback\\.)?api[-.].*")) {
                feature.append("exported lib/").append(library.getFileName()).append('\n');
            }
        }
        Files.createDirectories(home.resolve("bundles"));
        writeBundle(home.resolve("bundles/fake.jar"));
        Files.createDirectories(home.resolve("features"));
        Files.writeString(home.resolve("features/fake.feature"), feature.append("bundle 1 bundles/fake.jar\n"));
    }

    public Path home() {
        return home;
    }

    /** Runs a command to its end. */
    public Answer ray(String... words) throws IOException, InterruptedException {
        Process process = start(words);
        String out = text(process.getInputStream());
        String err = text(process.getErrorStream());
        return new Answer(process.waitFor(), out, err);
    }

    /** Starts a command and leaves it running. */
    public Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/ray").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("THORNBACK_AOT", "off");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> tree = Files.walk(classes)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                add(out, classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    private static void writeBundle(Path jar) throws IOException {
        String manifest = """
            Manifest-Version: 1.0
            Bundle-ManifestVersion: 2
            Bundle-SymbolicName: fake
            Bundle-Version: 1.0.0
            Bundle-Activator: org.thornback.launcher.fake.FakeNode
            Import-Package: org.osgi.framework,org.thornback.api.config,org.thornback.api.cluster,org.thornback.api.session
            """;
        // a line of a manifest ends after 72 bytes, what is longer goes on behind a blank
        String wrapped = manifest.lines()
                .map(line -> line.replaceAll("(.{70})(?=.)", "$1\n "))
                .reduce("", (text, line) -> text + line + "\n");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            add(out, "META-INF/MANIFEST.MF", wrapped.getBytes(StandardCharsets.UTF_8));
            for (String type : List.of("FakeNode", "FakeNode$FakeSession")) {
                String name = "org/thornback/launcher/fake/" + type + ".class";
                try (InputStream in = FakeNode.class.getClassLoader().getResourceAsStream(name)) {
                    add(out, name, in.readAllBytes());
                }
            }
        }
    }

    private static void add(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }
}

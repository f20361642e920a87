// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.thornback.distribution.FeatureLine.Coordinates;

/**
 * Makes the unpacked distribution from the feature files: puts what they name, writes each feature's list for the
 * launcher, and fails when something is unknown, superfluous, or does not resolve. Run once by the build, one thread.
 */
public final class Assembler {
    private final Path featureDirectory;
    private final Map<String, Feature> features;
    private final Warehouse warehouse;
    private final OutputTree output;
    private final Set<String> systemPackages = new LinkedHashSet<>();

    Assembler(Path featureDirectory, Path warehouse, Path output) throws IOException {
        this.featureDirectory = featureDirectory;
        this.features = Feature.readAll(featureDirectory);
        this.warehouse = new Warehouse(warehouse);
        this.output = new OutputTree(output);
    }

    /** Arguments: directory of features, directory of jars, directory to make, directory for the framework's data. */
    public static void main(String[] arguments) throws IOException {
        try {
            new Assembler(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]))
                    .assemble(Path.of(arguments[3]));
        } catch (IllegalArgumentException e) {
            System.err.println("distribution: " + e.getMessage());
            System.exit(1);
        }
    }

    void assemble(Path storage) throws IOException {
        for (Feature feature : features.values()) {
            putFiles(feature.name());
            var list = new StringBuilder();
            for (FeatureLine line : feature.lines()) {
                list.append(put(feature, line)).append('\n');
            }
            output.put("features/" + feature.name() + ".feature", bytes(list.toString()), false);
        }
        if (!warehouse.unused().isEmpty()) {
            throw new IllegalArgumentException("no feature names these dependencies of distribution/pom.xml: "
                    + warehouse.unused() + "; name them, or take them out");
        }
        checkThatAllResolves(storage);
        output.put("lib/build.id", bytes(output.identity() + "\n"), false);
        output.removeOthers();
    }

    /** What lies in the directory named like the feature comes into the distribution at the same place. */
    private void putFiles(String feature) throws IOException {
        Path directory = featureDirectory.resolve(feature);
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
                String target = directory.relativize(file).toString();
                output.put(target, Files.readAllBytes(file), Files.isExecutable(file));
            }
        }
    }

    private String put(Feature feature, FeatureLine line) throws IOException {
        return switch (line) {
            case FeatureLine.About(String text) -> "about " + text;
            case FeatureLine.When(String option) -> "when " + option;
            case FeatureLine.Needs(String needed) -> "needs " + needed;
            case FeatureLine.Library(Coordinates artifact, boolean exported) -> {
                if (exported) {
                    systemPackages.addAll(ExportedPackages.of(warehouse.jar(artifact)));
                }
                yield (exported ? "exported " : "library ") + putJar(artifact, "lib/");
            }
            case FeatureLine.Bundle(int level, Coordinates artifact) ->
                "bundle " + level + " " + putJar(artifact, feature.optional() ? "optional/" : "bundles/");
            case FeatureLine.Driver(Coordinates artifact, String name) -> {
                output.put("driver/" + name, Files.readAllBytes(warehouse.jar(artifact)), false);
                yield "driver driver/" + name;
            }
            case FeatureLine.Runtime(Coordinates artifact) -> "runtime " + putJar(artifact, "driver/runtime/");
            case FeatureLine.Jar(Coordinates artifact, String directory) -> "jar " + putJar(artifact, directory + "/");
            case FeatureLine.Entry entry -> {
                output.put(entry.target(), read(entry), entry.executable());
                yield (entry.executable() ? "program " : "entry ") + entry.target();
            }
        };
    }

    private String putJar(Coordinates artifact, String directory) throws IOException {
        String target = directory + warehouse.fileName(artifact);
        output.put(target, Files.readAllBytes(warehouse.jar(artifact)), false);
        return target;
    }

    private byte[] read(FeatureLine.Entry entry) throws IOException {
        try (var jar = new JarFile(warehouse.jar(entry.artifact()).toFile())) {
            ZipEntry found = jar.getEntry(entry.entry());
            if (found == null) {
                throw new IllegalArgumentException("artifact=" + entry.artifact() + " has no entry=" + entry.entry());
            }
            return jar.getInputStream(found).readAllBytes();
        }
    }

    private void checkThatAllResolves(Path storage) throws IOException {
        var check = new ResolveCheck(storage, List.copyOf(systemPackages));
        var problems = new ArrayList<String>();
        problems.addAll(check.problems(bundles(features.values())));
        for (Feature feature : features.values()) {
            for (String problem : check.problems(bundles(feature.closure(features)))) {
                problems.add("feature=" + feature.name() + " with only what it needs: " + problem);
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n  ", problems));
        }
    }

    private List<Path> bundles(Iterable<Feature> chosen) {
        var jars = new LinkedHashSet<Path>();
        for (Feature feature : chosen) {
            for (FeatureLine line : feature.lines()) {
                if (line instanceof FeatureLine.Bundle(int _, Coordinates artifact)) {
                    jars.add(warehouse.jar(artifact));
                }
            }
        }
        return List.copyOf(jars);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

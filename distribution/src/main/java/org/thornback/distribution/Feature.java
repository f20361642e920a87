// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.thornback.distribution.FeatureLine.Coordinates;

/** A feature as its file says it, in the order of its lines. Immutable. */
record Feature(String name, List<FeatureLine> lines) {
    private static final String SUFFIX = ".feature";

    Feature {
        lines = List.copyOf(lines);
    }

    /** Reads all feature files of a directory, by name. */
    static Map<String, Feature> readAll(Path directory) throws IOException {
        var features = new LinkedHashMap<String, Feature>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                Feature feature = read(file);
                features.put(feature.name(), feature);
            }
        }
        for (Feature feature : features.values()) {
            for (String needed : feature.needs()) {
                if (!features.containsKey(needed)) {
                    throw new IllegalArgumentException("feature=" + feature.name() + " needs=" + needed
                            + ", which is none of " + features.keySet());
                }
            }
        }
        return features;
    }

    static Feature read(Path file) throws IOException {
        String fileName = file.getFileName().toString();
        var lines = new ArrayList<FeatureLine>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            try {
                lines.add(parse(text));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ":" + number + ": " + e.getMessage(), e);
            }
        }
        return new Feature(fileName.substring(0, fileName.length() - SUFFIX.length()), lines);
    }

    static FeatureLine parse(String text) {
        String[] words = text.split("\\s+");
        return switch (words[0]) {
            case "about" ->
                new FeatureLine.About(text.substring("about".length()).strip());
            case "when" -> new FeatureLine.When(word(words, 1, 2));
            case "needs" -> new FeatureLine.Needs(word(words, 1, 2));
            case "library" -> new FeatureLine.Library(Coordinates.parse(word(words, 1, 2)), false);
            case "exported" -> new FeatureLine.Library(Coordinates.parse(word(words, 1, 2)), true);
            case "bundle" -> new FeatureLine.Bundle(level(word(words, 1, 3)), Coordinates.parse(word(words, 2, 3)));
            case "driver" -> new FeatureLine.Driver(Coordinates.parse(word(words, 1, 3)), word(words, 2, 3));
            case "runtime" -> new FeatureLine.Runtime(Coordinates.parse(word(words, 1, 2)));
            case "jar" -> new FeatureLine.Jar(Coordinates.parse(word(words, 1, 3)), word(words, 2, 3));
            case "entry" ->
                new FeatureLine.Entry(Coordinates.parse(word(words, 1, 4)), words[2], word(words, 3, 4), false);
            case "program" ->
                new FeatureLine.Entry(Coordinates.parse(word(words, 1, 4)), words[2], word(words, 3, 4), true);
            default ->
                throw new IllegalArgumentException("unknown word=" + words[0]
                        + ", expected about, when, needs, library, exported, bundle, driver, runtime, jar,"
                        + " entry or program");
        };
    }

    private static String word(String[] words, int index, int count) {
        if (words.length != count) {
            throw new IllegalArgumentException(
                    "words=" + (words.length - 1) + " after " + words[0] + ", expected " + (count - 1));
        }
        return words[index];
    }

    private static int level(String text) {
        try {
            int level = Integer.parseInt(text);
            if (level >= 1 && level <= 99) {
                return level;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("level=" + text + ", expected a whole number from 1 to 99", e);
        }
        throw new IllegalArgumentException("level=" + text + ", expected a whole number from 1 to 99");
    }

    List<String> needs() {
        return lines.stream()
                .filter(FeatureLine.Needs.class::isInstance)
                .map(line -> ((FeatureLine.Needs) line).feature())
                .toList();
    }

    /** Whether its bundles start only when an option says so. */
    boolean optional() {
        return lines.stream().anyMatch(FeatureLine.When.class::isInstance);
    }

    /** This feature and all it needs, needed ones first. */
    List<Feature> closure(Map<String, Feature> features) {
        var closure = new LinkedHashMap<String, Feature>();
        addTo(closure, features, new ArrayList<>());
        return List.copyOf(closure.values());
    }

    private void addTo(Map<String, Feature> closure, Map<String, Feature> features, List<String> path) {
        if (path.contains(name)) {
            throw new IllegalArgumentException("features need each other in a circle: " + path + " and again " + name);
        }
        path.add(name);
        for (String needed : needs()) {
            features.get(needed).addTo(closure, features, path);
        }
        path.removeLast();
        closure.put(name, this);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.thornback.distribution.FeatureLine.Coordinates;

/**
 * The jars that the build resolved for the distribution, named {@code group.artifact-version.jar} in one directory. It
 * remembers what was asked for, so that what no feature names can be reported. One thread.
 */
final class Warehouse {
    private final List<Path> files = new ArrayList<>();
    private final Map<Coordinates, Path> found = new LinkedHashMap<>();
    private final Set<Path> used = new TreeSet<>();

    Warehouse(Path directory) throws IOException {
        try (Stream<Path> jars = Files.list(directory)) {
            jars.filter(path -> path.toString().endsWith(".jar")).sorted().forEach(files::add);
        }
    }

    /** The jar of an artifact; an unknown one is an error that tells what to do. */
    Path jar(Coordinates artifact) {
        return found.computeIfAbsent(artifact, this::search);
    }

    /** The jar's name in the distribution: artifact and version. */
    String fileName(Coordinates artifact) {
        return jar(artifact).getFileName().toString().substring(artifact.group().length() + 1);
    }

    /** What lies here and no feature named. */
    List<String> unused() {
        return files.stream()
                .filter(file -> !used.contains(file))
                .map(file -> file.getFileName().toString())
                .toList();
    }

    private Path search(Coordinates artifact) {
        String prefix = artifact.group() + "." + artifact.artifact() + "-";
        List<Path> matches = files.stream()
                .filter(file -> {
                    String name = file.getFileName().toString();
                    return name.startsWith(prefix) && Character.isDigit(name.charAt(prefix.length()));
                })
                .sorted(Comparator.naturalOrder())
                .toList();
        if (matches.size() != 1) {
            throw new IllegalArgumentException("artifact=" + artifact + " has " + matches.size()
                    + " jars among the dependencies of distribution/pom.xml, expected one: "
                    + (matches.isEmpty() ? "add it there, or correct the feature" : "" + matches));
        }
        used.add(matches.getFirst());
        return matches.getFirst();
    }
}

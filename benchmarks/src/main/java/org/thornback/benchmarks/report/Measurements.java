// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What the programs printed, by {@code subject:figure}. Round 0 of a figure, its warm-up, is left out. Immutable.
 *
 * <p>Raw lines are {@code FIGURE name round value} in files named {@code <subject>.raw}; other lines are the programs' own.
 */
final class Measurements {
    private static final String SUFFIX = ".raw";
    private static final String MARK = "FIGURE";

    private final Map<String, List<Double>> values;

    private record Line(String key, int round, double value) {}

    private Measurements(List<Line> lines) {
        values = lines.stream()
                .filter(line -> line.round > 0)
                .collect(groupingBy(Line::key, mapping(Line::value, toList())));
    }

    static Measurements read(Path directory) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
                String name = file.getFileName().toString();
                String subject = name.substring(0, name.length() - SUFFIX.length());
                for (String text : Files.readAllLines(file)) {
                    String[] words = text.strip().split("\\s+");
                    if (words.length == 4 && words[0].equals(MARK)) {
                        lines.add(new Line(
                                subject + ":" + words[1], Integer.parseInt(words[2]), Double.parseDouble(words[3])));
                    }
                }
            }
        }
        return new Measurements(lines);
    }

    /** The median of all rounds of all runs; empty when nothing was measured. */
    OptionalDouble median(String key) {
        List<Double> all = values.getOrDefault(key, List.of());
        if (all.isEmpty()) {
            return OptionalDouble.empty();
        }
        double[] sorted = all.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }
}

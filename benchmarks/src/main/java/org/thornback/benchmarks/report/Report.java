// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Prints the table of what was measured. Arguments: the directory of the raw lines, and a pattern of rows. */
public final class Report {

    private Report() {}

    /**
     * Prints it.
     *
     * @param arguments directory of raw lines, regular expression that a figure's name has to contain.
     * @throws IOException when the lines cannot be read.
     */
    public static void main(String[] arguments) throws IOException {
        Pattern wanted = Pattern.compile(arguments[1]);
        System.out.print(table(Measurements.read(Path.of(arguments[0])), wanted));
    }

    static String table(Measurements measured, Pattern wanted) {
        StringBuilder table = new StringBuilder(
                "| figure | peer | ours | ratio | mark | reached |\n" + "|---|---|---|---|---|---|\n");
        List<String> missing = new ArrayList<>();
        for (Row row : Rows.all()) {
            if (wanted.matcher(row.figure()).find()) {
                Optional<String> line = row.line(measured);
                line.ifPresentOrElse(
                        text -> table.append(text).append('\n'),
                        () -> missing.add(row.figure() + ": not measured in this run"));
            }
        }
        Rows.NOT_YET.stream()
                .filter(wanted.asPredicate())
                .forEach(figure -> missing.add(figure + ": its subject does not exist yet"));
        if (!missing.isEmpty()) {
            table.append('\n');
            missing.stream()
                    .distinct()
                    .forEach(text -> table.append("- ").append(text).append('\n'));
        }
        return table.toString();
    }
}

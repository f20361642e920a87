// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What README.md says to type, and which directories it names. */
record Readme(List<String> lines) {
    private static final String CODE = "    ";
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    static Readme of(Path root) throws IOException {
        return new Readme(Files.readAllLines(root.resolve("README.md")));
    }

    /** Commands of the code blocks below a heading, without what is said about them. */
    List<String> commands(String heading) {
        return section(heading).stream()
                .filter(line -> line.startsWith(CODE))
                .map(line -> line.replaceAll("\\s+#.*", "").strip())
                .toList();
    }

    /** Directories in the first column of the table below a heading; those without a parent lie where the first of a row does. */
    List<Path> directories(String heading) {
        var directories = new ArrayList<Path>();
        for (String line : section(heading)) {
            if (line.startsWith("| `")) {
                Matcher name = NAME.matcher(line.split("\\|")[1]);
                Path first = null;
                while (name.find()) {
                    Path directory = Path.of(name.group(1));
                    boolean beside = first != null && first.getParent() != null && directory.getNameCount() == 1;
                    directories.add(beside ? first.resolveSibling(directory) : directory);
                    first = first == null ? directory : first;
                }
            }
        }
        return directories;
    }

    private List<String> section(String heading) {
        int start = lines.indexOf("## " + heading);
        if (start < 0) {
            throw new AssertionError("README.md has no section " + heading);
        }
        var section = new ArrayList<String>();
        for (String line : lines.subList(start + 1, lines.size())) {
            if (line.startsWith("## ")) {
                break;
            }
            section.add(line);
        }
        return section;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table {@code imports.txt}: which modules may import which, and which libraries only some may see. Immutable. */
record ImportTable(Map<String, Set<String>> modules, Map<String, Set<String>> libraries) {

    static ImportTable read() throws IOException {
        var modules = new LinkedHashMap<String, Set<String>>();
        var libraries = new LinkedHashMap<String, Set<String>>();
        for (String line : lines()) {
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            String[] sides = text.split(":", 2);
            Set<String> allowed =
                    sides[1].isBlank() ? Set.of() : Set.of(sides[1].strip().split("\\s+"));
            String name = sides[0].strip();
            if (name.startsWith("only ")) {
                libraries.put(name.substring("only ".length()).strip(), allowed);
            } else {
                modules.put(name, allowed);
            }
        }
        return new ImportTable(modules, libraries);
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = ImportTable.class.getResourceAsStream("/imports.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}

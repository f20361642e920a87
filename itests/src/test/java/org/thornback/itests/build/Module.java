// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One of our modules as its jar's manifest describes it: what it exports and imports. */
record Module(String name, Set<String> exported, Set<String> imported) {
    private static final String ROOT = "org.thornback.";
    private static final Pattern CLAUSE = Pattern.compile("([\\w.]+)((?:\"[^\"]*\"|[^,\"])*)");

    /** The modules among all jars of a distribution, each once. */
    static List<Module> of(Path distribution) throws IOException {
        var modules = new ArrayList<Module>();
        var names = new TreeSet<String>();
        try (Stream<Path> tree = Files.walk(distribution)) {
            for (Path jar : tree.filter(path -> path.getFileName().toString().startsWith(ROOT)
                            && path.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                read(jar)
                        .filter(module -> !module.name().startsWith("lib.") && names.add(module.name()))
                        .ifPresent(modules::add);
            }
        }
        return modules;
    }

    /** Empty for a jar that is no bundle, such as that of the examples. */
    private static Optional<Module> read(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            var attributes = file.getManifest().getMainAttributes();
            String name = attributes.getValue("Bundle-SymbolicName");
            return Optional.ofNullable(name)
                    .map(symbolic -> new Module(
                            symbolic.substring(ROOT.length()),
                            packages(attributes.getValue("Export-Package")),
                            packages(attributes.getValue("Import-Package"))));
        }
    }

    private static Set<String> packages(String header) {
        var packages = new TreeSet<String>();
        if (header != null) {
            Matcher clause = CLAUSE.matcher(header);
            while (clause.find()) {
                packages.add(clause.group(1));
            }
        }
        return packages;
    }
}

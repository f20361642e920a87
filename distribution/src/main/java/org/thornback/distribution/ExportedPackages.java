// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;

/** Reads which packages a jar exports, so that nobody keeps that list by hand. */
final class ExportedPackages {
    /** A package name and its parameters; a comma inside quotes does not end it. */
    private static final Pattern CLAUSE = Pattern.compile("([\\w.]+)((?:\"[^\"]*\"|[^,\"])*)");

    private static final Pattern VERSION = Pattern.compile(";\\s*version=\"?([\\w.-]+)\"?");

    private ExportedPackages() {}

    /** Packages with their versions and without directives, as the system bundle's property wants them. */
    static List<String> of(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            var manifest = file.getManifest();
            String header =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
            if (header == null) {
                throw new IllegalArgumentException("jar=" + jar + " exports no package, so it cannot be 'exported'");
            }
            return parse(header);
        }
    }

    static List<String> parse(String header) {
        var packages = new ArrayList<String>();
        Matcher clause = CLAUSE.matcher(header);
        while (clause.find()) {
            Matcher version = VERSION.matcher(clause.group(2));
            packages.add(clause.group(1) + (version.find() ? ";version=" + version.group(1) : ""));
        }
        return packages;
    }
}

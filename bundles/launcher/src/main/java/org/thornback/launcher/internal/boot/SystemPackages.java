// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.apache.felix.framework.util.manifestparser.ManifestParser;

/**
 * The packages of the launcher's class path that bundles see: our service interfaces, SLF4J, Logback and the few OSGi
 * interfaces the launcher speaks itself.
 *
 * <p>They are what the jars' own manifests export, so a new package of {@code api} needs no list anywhere.
 */
final class SystemPackages {
    private SystemPackages() {}

    /**
     * Reads manifests.
     *
     * @param jars jars of the class path.
     * @return a value for {@code org.osgi.framework.system.packages.extra}.
     */
    static String exportedBy(List<Path> jars) {
        StringJoiner exported = new StringJoiner(",");
        for (Path path : jars) {
            try (JarFile jar = new JarFile(path.toFile(), false)) {
                Manifest manifest = jar.getManifest();
                String exports =
                        manifest == null ? null : manifest.getMainAttributes().getValue("Export-Package");
                if (exports != null) {
                    exported.add(withoutUses(exports));
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException("library " + path + " cannot be read", unreadable);
            }
        }
        return exported.toString();
    }

    /** Uses-directives among packages of one class path constrain nothing; without them Felix resolves faster. */
    static String withoutUses(String exports) {
        StringJoiner kept = new StringJoiner(",");
        for (String clause : ManifestParser.parseDelimitedString(exports, ",")) {
            StringJoiner parts = new StringJoiner(";");
            for (String part : ManifestParser.parseDelimitedString(clause, ";")) {
                if (!part.strip().startsWith("uses:=")) {
                    parts.add(part.strip());
                }
            }
            kept.add(parts.toString());
        }
        return kept.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes jars for tests: bundles whose activators note that they run, and plain ones. */
final class Jars {
    private Jars() {}

    /** A bundle that has nothing but headers beyond its name and version. */
    static byte[] bundle(String name, String version, Map<String, String> headers) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Bundle-Version", version);
        headers.forEach(main::putValue);
        return jar(manifest, headers.get("Bundle-Activator"));
    }

    /** A jar with a text in it; the same bytes for the same text. */
    static byte[] plain(String text) {
        return jar(jar -> {
            jar.putNextEntry(entry("text"));
            jar.write(text.getBytes(StandardCharsets.UTF_8));
        });
    }

    private static byte[] jar(Manifest manifest, String className) {
        return jar(jar -> {
            jar.putNextEntry(entry(JarFile.MANIFEST_NAME));
            manifest.write(jar);
            if (className != null) {
                String name = className.replace('.', '/') + ".class";
                jar.putNextEntry(entry(name));
                try (InputStream of = Jars.class.getClassLoader().getResourceAsStream(name)) {
                    of.transferTo(jar);
                }
            }
        });
    }

    /** What goes into a jar. */
    private interface Filling {
        void into(JarOutputStream jar) throws IOException;
    }

    private static byte[] jar(Filling filling) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            filling.into(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The same at all times. */
    private static JarEntry entry(String name) {
        JarEntry entry = new JarEntry(name);
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        return entry;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.osgi.framework.Constants;
import org.osgi.framework.connect.ConnectContent;

/**
 * What one bundle of the class path holds besides classes: its manifest and resources, read from its jar.
 *
 * <p>Opened and closed by the framework, once each; entries may be read by any thread in between.
 */
final class ClassPathContent implements ConnectContent {
    private final Path jar;
    private final ClassLoader classes;
    private volatile ZipFile file;

    /**
     * Describes a jar, opens nothing.
     *
     * @param jar     on the class path.
     * @param classes loads its classes.
     */
    ClassPathContent(Path jar, ClassLoader classes) {
        this.jar = requireNonNull(jar, "jar");
        this.classes = requireNonNull(classes, "classes");
    }

    /** One entry of the jar. */
    private record Entry(ZipFile file, ZipEntry entry) implements ConnectEntry {
        @Override
        public String getName() {
            return entry.getName();
        }

        @Override
        public long getContentLength() {
            return entry.getSize();
        }

        @Override
        public long getLastModified() {
            return entry.getTime();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return file.getInputStream(entry);
        }
    }

    /** The manifest's, without what only constrains class loaders: all bundles of the class path share one. */
    @Override
    public Optional<Map<String, String>> getHeaders() {
        try (InputStream stream = file.getInputStream(file.getEntry(JarFile.MANIFEST_NAME))) {
            Map<String, String> headers = new HashMap<>();
            new Manifest(stream)
                    .getMainAttributes()
                    .forEach((name, value) -> headers.put(name.toString(), (String) value));
            headers.computeIfPresent(Constants.EXPORT_PACKAGE, (name, exports) -> SystemPackages.withoutUses(exports));
            return Optional.of(headers);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("manifest of " + jar + " cannot be read", unreadable);
        }
    }

    @Override
    public Iterable<String> getEntries() {
        return () -> file.stream().<String>map(ZipEntry::getName).iterator();
    }

    @Override
    public Optional<ConnectEntry> getEntry(String path) {
        String name = path.startsWith("/") ? path.substring(1) : path;
        return Optional.ofNullable(file.getEntry(name)).map(entry -> new Entry(file, entry));
    }

    @Override
    public Optional<ClassLoader> getClassLoader() {
        return Optional.of(classes);
    }

    @Override
    public void open() throws IOException {
        file = new ZipFile(jar.toFile());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

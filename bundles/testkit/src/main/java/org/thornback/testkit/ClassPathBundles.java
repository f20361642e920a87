// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;

/**
 * The bundles among the jars and class directories of the class path, by symbolic name. Read once, then immutable.
 *
 * <p>A class directory serves as well as a jar: the build puts the bundle's manifest into it.
 */
public final class ClassPathBundles {
    /** A package name and its parameters; a comma inside quotes does not end it. */
    private static final Pattern CLAUSE = Pattern.compile("([\\w.]+)((?:\"[^\"]*\"|[^,\"])*)");

    private static final Pattern VERSION = Pattern.compile(";\\s*version=\"?([\\w.]+)\"?");
    private static final Map<String, Path> FILES = scan();

    private ClassPathBundles() {}

    /**
     * The file or directory of a bundle.
     *
     * @throws AssertionError when the class path has no bundle of that name
     */
    public static Path file(String symbolicName) {
        Path file = FILES.get(symbolicName);
        if (file == null) {
            throw new AssertionError("no bundle with symbolicName=" + symbolicName
                    + " on the test's class path, which has " + FILES.keySet() + "; add it as a test dependency");
        }
        return file;
    }

    /** The packages a bundle exports, each with its version, without directives. */
    public static List<String> exportedPackages(String symbolicName) {
        Path file = file(symbolicName);
        try {
            String header = manifest(file).getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
            return header == null ? List.of() : packages(header);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the manifest of " + file, e);
        }
    }

    private static List<String> packages(String header) {
        var packages = new ArrayList<String>();
        Matcher clause = CLAUSE.matcher(header);
        while (clause.find()) {
            Matcher version = VERSION.matcher(clause.group());
            packages.add(clause.group(1) + (version.find() ? ";version=" + version.group(1) : ""));
        }
        return packages;
    }

    private static Map<String, Path> scan() {
        var found = new LinkedHashMap<String, Path>();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : classPath.split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            String name = symbolicName(path);
            if (name != null) {
                found.putIfAbsent(name, path);
            }
        }
        return found;
    }

    private static String symbolicName(Path path) {
        try {
            Manifest manifest = manifest(path);
            String name =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
            return name == null ? null : name.split(";")[0].strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the manifest of " + path, e);
        }
    }

    private static Manifest manifest(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            Path file = path.resolve("META-INF/MANIFEST.MF");
            if (!Files.isRegularFile(file)) {
                return null;
            }
            try (InputStream in = Files.newInputStream(file)) {
                return new Manifest(in);
            }
        }
        if (!Files.isRegularFile(path)) {
            return null;
        }
        try (var jar = new JarFile(path.toFile())) {
            return jar.getManifest();
        }
    }
}

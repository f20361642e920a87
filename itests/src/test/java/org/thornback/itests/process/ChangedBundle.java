// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.process;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ConstantDescs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.thornback.testkit.Distribution;

/** Bundles of the distribution as a later release would bring them: of another version, and every class of it has changed. */
public final class ChangedBundle {
    /** The version that tells it from the distribution's. */
    public static final String VERSION = "99.0.0";

    private static final int CONSTANT = ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL;

    private ChangedBundle() {}

    /** Writes the changed one of a bundle into a directory, and returns where it is. */
    public static Path of(String symbolicName, Path directory) throws IOException {
        try (JarFile jar = new JarFile(find(symbolicName).toFile())) {
            Manifest manifest = jar.getManifest();
            manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), VERSION);
            Path changed = directory.resolve(symbolicName + "-" + VERSION + ".jar");
            try (OutputStream file = Files.newOutputStream(changed);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (JarEntry entry : contents(jar)) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    byte[] bytes = jar.getInputStream(entry).readAllBytes();
                    out.write(entry.getName().endsWith(".class") ? withOneFieldMore(bytes) : bytes);
                }
            }
            return changed;
        }
    }

    private static Path find(String symbolicName) throws IOException {
        try (Stream<Path> files = Files.walk(Distribution.current().home())) {
            return files.filter(file -> file.getFileName().toString().matches(symbolicName + "-[\\d.]+.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the distribution has no bundle=" + symbolicName));
        }
    }

    private static List<JarEntry> contents(JarFile jar) {
        return jar.stream()
                .filter(entry -> !entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME))
                .toList();
    }

    private static byte[] withOneFieldMore(byte[] bytes) {
        ClassFile classes = ClassFile.of();
        return classes.transformClass(
                classes.parse(bytes),
                ClassTransform.endHandler(type -> type.withField("CHANGED", ConstantDescs.CD_int, CONSTANT)));
    }
}

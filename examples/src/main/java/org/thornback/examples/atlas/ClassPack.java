// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples.atlas;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Some class files that are worth a task: their names, until {@link #bytes()} reads them into one array that holds, one
 * after the other, the length and the bytes of each.
 */
public record ClassPack(List<Path> classFiles) {
    /** A pack is full once it holds this many bytes: far beyond what travels inside a call. */
    static final long FULL = 384 * 1024;

    /** Packs of all classes of the JDK that runs this program. */
    public static List<ClassPack> ofRunningJdk() throws IOException {
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
        try (Stream<Path> files = Files.walk(modules)) {
            return of(files.filter(ClassPack::isClass).toList());
        }
    }

    static List<ClassPack> of(List<Path> classFiles) throws IOException {
        var packs = new ArrayList<ClassPack>();
        var pack = new ArrayList<Path>();
        long bytes = 0;
        for (Path classFile : classFiles) {
            pack.add(classFile);
            bytes += Files.size(classFile);
            if (bytes >= FULL) {
                packs.add(new ClassPack(List.copyOf(pack)));
                pack.clear();
                bytes = 0;
            }
        }
        if (!pack.isEmpty()) {
            packs.add(new ClassPack(List.copyOf(pack)));
        }
        return packs;
    }

    private static boolean isClass(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".class") && !name.equals("module-info.class");
    }

    /** Reads the class files. */
    public byte[] bytes() throws IOException {
        var bytes = new ByteArrayOutputStream((int) FULL * 3 / 2);
        var pack = new DataOutputStream(bytes);
        for (Path file : classFiles) {
            byte[] classFile = Files.readAllBytes(file);
            pack.writeInt(classFile.length);
            pack.write(classFile);
        }
        return bytes.toByteArray();
    }

    /** The class files that {@link #bytes()} put together. */
    static List<byte[]> unpack(byte[] bytes) {
        var classFiles = new ArrayList<byte[]>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            byte[] classFile = new byte[in.getInt()];
            in.get(classFile);
            classFiles.add(classFile);
        }
        return classFiles;
    }
}

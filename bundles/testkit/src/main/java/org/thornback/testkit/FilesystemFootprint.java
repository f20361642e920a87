// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The names of all files below some directories at one moment, to see what a piece of work left behind. Immutable.
 *
 * <p>Directories that cannot be read are skipped: what this user cannot see, this user did not leave.
 */
public final class FilesystemFootprint {
    private static final int DEPTH = 6;

    private final List<Path> roots;
    private final Predicate<Path> ignored;
    private final Set<Path> paths;

    private FilesystemFootprint(List<Path> roots, Predicate<Path> ignored) throws IOException {
        this.roots = roots;
        this.ignored = ignored;
        this.paths = new TreeSet<>();
        for (Path root : roots) {
            if (Files.isDirectory(root)) {
                collect(root);
            }
        }
    }

    /** What lies in /tmp, /dev/shm and the home directory now, without the paths to ignore. */
    public static FilesystemFootprint ofMachine(Predicate<Path> ignored) throws IOException {
        return of(List.of(Path.of("/tmp"), Path.of("/dev/shm"), Path.of(System.getProperty("user.home"))), ignored);
    }

    /** What lies below the roots now, six levels deep, without the paths to ignore (and all below them). */
    public static FilesystemFootprint of(List<Path> roots, Predicate<Path> ignored) throws IOException {
        return new FilesystemFootprint(List.copyOf(roots), ignored);
    }

    /** Looks again, and tells what is there now and was not before. */
    public Set<Path> addedSince() throws IOException {
        Set<Path> added = new TreeSet<>(new FilesystemFootprint(roots, ignored).paths);
        added.removeAll(paths);
        return added;
    }

    private void collect(Path root) throws IOException {
        Files.walkFileTree(root, Set.of(), DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (ignored.test(directory)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (!directory.equals(root)) {
                    paths.add(directory);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!ignored.test(file)) {
                    paths.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

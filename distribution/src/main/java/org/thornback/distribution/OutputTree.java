// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The directory being made. A file whose bytes did not change is not touched, so that caches which look at the times
 * of jars stay valid over a build that changed nothing; what was not put this time is removed at the end. One thread.
 */
final class OutputTree {
    private final Path root;
    private final Map<String, String> digests = new TreeMap<>();

    OutputTree(Path root) {
        this.root = root;
    }

    /** Puts a file; two different contents under one name are an error. */
    void put(String target, byte[] content, boolean executable) throws IOException {
        Path file = root.resolve(target).normalize();
        if (!file.startsWith(root)) {
            throw new IllegalArgumentException("target=" + target + " leaves the distribution");
        }
        String digest = digest(content);
        String before = digests.putIfAbsent(target, digest);
        if (before != null && !before.equals(digest)) {
            throw new IllegalArgumentException("target=" + target + " is put twice with different content");
        }
        Files.createDirectories(file.getParent());
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || !Arrays.equals(Files.readAllBytes(file), content)) {
            Files.write(file, content);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    /** One name for all content put so far. */
    String identity() {
        return digest(digests.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Removes files and directories that were not put. */
    void removeOthers() throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    removeIfEmpty(path);
                } else if (!digests.containsKey(root.relativize(path).toString())) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void removeIfEmpty(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            if (children.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(directory);
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

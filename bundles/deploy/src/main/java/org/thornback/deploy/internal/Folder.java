// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks at a directory and tells what has changed in it and is at rest: a file must be found as it is in two looks some time
 * apart, and one that is away must be away in two. Used by one thread.
 */
final class Folder {
    private static final Stamp UNKNOWN = new Stamp(-1, FileTime.fromMillis(0), null);

    private final Path directory;
    private final long restNanos;
    private final Map<String, Seen> seen = new HashMap<>();

    /** What a file was like, when it was first found like that, and whether that was told. */
    private record Seen(Stamp stamp, long since, boolean told) {}

    /** By what a change is noticed; null for a file that is away. */
    private record Stamp(long size, FileTime modified, Object key) {}

    /**
     * What a look found.
     *
     * @param changed files that are new or others than before, and at rest.
     * @param gone    names of those that were told once and are away.
     * @param restless whether there are more, which are not at rest yet.
     */
    record Look(List<Path> changed, List<String> gone, boolean restless) {}

    Folder(Path directory, long restNanos) {
        this.directory = requireNonNull(directory, "directory");
        this.restNanos = restNanos;
    }

    Path directory() {
        return directory;
    }

    Look look(long now) {
        Map<String, Stamp> found = stamps();
        List<Path> changed = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        boolean restless = false;
        Set<String> names = new HashSet<>(seen.keySet());
        names.addAll(found.keySet());
        for (String name : names.stream().sorted().toList()) {
            Stamp stamp = found.get(name);
            Seen before = seen.get(name);
            if (before == null || !same(before.stamp, stamp)) {
                seen.put(name, new Seen(stamp, now, false));
                restless = true;
            } else if (!before.told && now - before.since < restNanos) {
                restless = true;
            } else if (!before.told) {
                told(name, stamp, now);
                if (stamp == null) {
                    seen.remove(name);
                    gone.add(name);
                } else {
                    changed.add(directory.resolve(name));
                }
            }
        }
        return new Look(changed, gone, restless);
    }

    /** There were files of these names, whatever they were like. */
    void know(Collection<String> names, long now) {
        names.forEach(name -> seen.put(name, new Seen(UNKNOWN, now, true)));
    }

    /** A file is as its owner has just made it: that is no change. */
    void expect(String name, long now) {
        Stamp stamp = stamps().get(name);
        if (stamp == null) {
            seen.remove(name);
        } else {
            told(name, stamp, now);
        }
    }

    private void told(String name, Stamp stamp, long now) {
        seen.put(name, new Seen(stamp, now, true));
    }

    private static boolean same(Stamp one, Stamp other) {
        return one == null ? other == null : one.equals(other);
    }

    private Map<String, Stamp> stamps() {
        Map<String, Stamp> stamps = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (Content.concerns(name)) {
                    stamp(file).ifPresent(stamp -> stamps.put(name, stamp));
                }
            }
        } catch (IOException away) {
            return Map.of(); // no directory, no files
        }
        return stamps;
    }

    private static Optional<Stamp> stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey()))
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}

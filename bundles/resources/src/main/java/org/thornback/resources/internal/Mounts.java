// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The file systems this process sees, as the kernel lists them below a root directory. Stateless. */
public final class Mounts {
    private static final int WORDS = 4;

    private final Path root;

    /**
     * A file system.
     *
     * @param place   where it is mounted.
     * @param type    of it, for instance {@code tmpfs}.
     * @param options with commas between.
     */
    public record Mount(Path place, String type, String options) {}

    /**
     * Looks nowhere yet.
     *
     * @param root below which {@code proc} is.
     */
    public Mounts(Path root) {
        this.root = requireNonNull(root, "root");
    }

    /**
     * The file system a directory lies in: of those with the longest place the last, which hides the others.
     *
     * @param directory need not be there.
     * @return empty when the kernel lists none.
     */
    public Optional<Mount> holding(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        Mount found = null;
        for (String line : lines()) {
            String[] words = line.split(" ");
            Path place = words.length < WORDS ? null : Path.of(words[1].replace("\\040", " "));
            if (place != null
                    && absolute.startsWith(place)
                    && (found == null || place.getNameCount() >= found.place().getNameCount())) {
                found = new Mount(place, words[2], words[3]);
            }
        }
        return Optional.ofNullable(found);
    }

    private List<String> lines() {
        try (Stream<String> lines = Files.lines(root.resolve("proc/self/mounts"))) {
            return lines.toList();
        } catch (IOException notThisKindOfSystem) {
            return List.of();
        }
    }
}

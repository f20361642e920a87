// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal.doctor;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A machine's files below a root directory, and the space there is: what checks read. */
record Place(Path root, Space space) {

    /** How much room a directory's file system has. */
    @FunctionalInterface
    interface Space {
        /**
         * Looks.
         *
         * @param directory one that is there.
         * @return bytes a user may still write, and bytes altogether.
         * @throws IOException when it cannot be told.
         */
        long[] usableAndTotal(Path directory) throws IOException;
    }

    Place {
        requireNonNull(root, "root");
        requireNonNull(space, "space");
    }

    /** This machine. */
    static Place here() {
        return new Place(Path.of("/"), directory -> {
            var store = Files.getFileStore(directory);
            return new long[] {store.getUsableSpace(), store.getTotalSpace()};
        });
    }

    /** Where an absolute path is below the root. */
    Path at(Path absolute) {
        return root.resolve(Path.of("/").relativize(absolute.toAbsolutePath().normalize()));
    }

    /** The directory itself, or the nearest one above it that is there. */
    Path nearest(Path absolute) {
        Path here = absolute.toAbsolutePath().normalize();
        while (!Files.isDirectory(at(here)) && here.getParent() != null) {
            here = here.getParent();
        }
        return here;
    }

    /** Lines of a file; none when it is not there. */
    List<String> lines(String path) {
        try (Stream<String> lines = Files.lines(root.resolve(path))) {
            return lines.toList();
        } catch (IOException notThisKindOfSystem) {
            return List.of();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.resources.HugePageDetector;
import org.thornback.api.resources.HugePages;
import org.thornback.api.store.StoreBackend;

/**
 * Where the object store's memory comes from, and how much is free there. Immutable.
 *
 * @param directory a directory that is there.
 * @param free      bytes.
 * @param kind      what gives the memory.
 */
record StorePlace(Path directory, long free, Kind kind) {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /** What gives the memory. */
    enum Kind {
        /** The memory tasks use as well. */
        MEMORY,
        /** Pages that were set aside and serve nobody else. */
        HUGE_PAGES,
        /** A disk. */
        DISK
    }

    StorePlace {
        requireNonNull(directory, "directory");
        requireNonNull(kind, "kind");
    }

    /** Finds the place the configuration means; what is wrong with it is added to {@code problems}. */
    static Optional<StorePlace> find(
            Configuration configuration, HugePageDetector hugePages, long least, List<String> problems) {
        String backend = configuration.find(OptionCatalogue.PLASMA_BACKEND).orElse("");
        String word =
                backend.equals(StoreBackend.HUGE_PAGES) ? "true" : configuration.value(OptionCatalogue.HUGE_PAGES);
        Path directory = configuration
                .find(OptionCatalogue.PLASMA_DIRECTORY)
                .map(Path::of)
                .orElse(SHARED_MEMORY);
        if (word.equals("false")) {
            return free(directory, backend.equals(StoreBackend.FILE) ? Kind.DISK : Kind.MEMORY, problems);
        }
        HugePages pages = hugePages.look(
                directory,
                configuration.find(OptionCatalogue.OBJECT_STORE_MEMORY).orElse(least));
        if (pages.missing().isEmpty()) {
            return Optional.of(new StorePlace(directory, pages.available(), Kind.HUGE_PAGES));
        }
        if (word.equals("true")) {
            problems.addAll(pages.missing());
            return Optional.empty();
        }
        return free(SHARED_MEMORY, Kind.MEMORY, problems);
    }

    private static Optional<StorePlace> free(Path directory, Kind kind, List<String> problems) {
        if (!directory.isAbsolute() || !Files.isDirectory(directory)) {
            problems.add("plasma-directory=" + directory
                    + " does not exist or is not a directory; give the absolute path of one on a memory file system,"
                    + " for instance --plasma-directory=/dev/shm.");
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new StorePlace(directory, Files.getFileStore(directory).getUsableSpace(), kind));
        } catch (IOException e) {
            problems.add("plasma-directory=" + directory + " cannot be looked at: " + e.getMessage() + ".");
            return Optional.empty();
        }
    }
}

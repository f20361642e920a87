// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.hugepages.internal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.thornback.api.ThornbackException;
import org.thornback.api.ThornbackException.Category;
import org.thornback.api.resources.HugePageDetector;
import org.thornback.api.resources.HugePages;
import org.thornback.api.store.MemoryFileException;
import org.thornback.api.store.MemoryFiles;
import org.thornback.api.store.Segment;
import org.thornback.api.store.StoreBackend;
import org.thornback.api.store.StoreCapacityException;

/**
 * Segments in huge pages: nameless files of a hugetlbfs, as long as whole pages. Immutable and safe from any thread.
 *
 * <p>A segment needs all its pages free when it is made, for whoever maps it is promised them all. Each is cleared when it is
 * first written, while it is in the cache, or, where promises of the kernel do not hold, when the store reserves it.
 */
final class HugePagesBackend implements StoreBackend {
    private final Path directory;
    private final long pageSize;
    private final HugePageDetector detector;
    private final MemoryFiles files;

    HugePagesBackend(Path directory, long pageSize, HugePageDetector detector, MemoryFiles files) {
        this.directory = requireNonNull(directory, "directory");
        this.pageSize = pageSize;
        this.detector = requireNonNull(detector, "detector");
        this.files = requireNonNull(files, "files");
    }

    @Override
    public String name() {
        return HUGE_PAGES;
    }

    @Override
    public long pageSize() {
        return pageSize;
    }

    @Override
    public Segment allocate(long length, long reserve) {
        HugePages pages = detector.look(directory, length);
        if (!pages.missing().isEmpty()) {
            throw new StoreCapacityException(String.join(" ", pages.missing()));
        }
        try {
            return pages.promisesHold()
                    ? files.promised(directory, HUGE_PAGES, pageSize, length)
                    : files.nameless(directory, HUGE_PAGES, pageSize, length, reserve);
        } catch (MemoryFileException e) {
            if (e.isFull()) {
                throw new StoreCapacityException(
                        "object-store-memory=" + length + " bytes do not fit into the huge pages"
                                + " of plasma-directory=" + directory + ", somebody else took some this moment: "
                                + e.getMessage());
            }
            throw new ThornbackException(
                    Category.FATAL,
                    "cannot make store memory in plasma-directory=" + directory + ": " + e.getMessage(),
                    e);
        }
    }
}

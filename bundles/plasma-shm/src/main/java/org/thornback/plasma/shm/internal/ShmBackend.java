// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.shm.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.thornback.api.InvalidInputException;
import org.thornback.api.ThornbackException;
import org.thornback.api.ThornbackException.Category;
import org.thornback.api.store.MemoryFileException;
import org.thornback.api.store.MemoryFiles;
import org.thornback.api.store.Segment;
import org.thornback.api.store.StoreBackend;
import org.thornback.api.store.StoreCapacityException;

/**
 * Segments in shared memory: anonymous ones, or nameless files in a directory, normally of a memory file system.
 *
 * <p>Immutable and safe from any thread. Nothing it makes has a name, so nothing is left after a crash.
 */
public final class ShmBackend implements StoreBackend {
    private static final long PAGE_SIZE = 4096;

    private final MemoryFiles files;
    private final Optional<Path> directory;
    private final MemoryLimit limit;

    /**
     * Checks that the directory can be used.
     *
     * @param files     makes the files.
     * @param directory where they go; empty for anonymous memory.
     */
    public ShmBackend(MemoryFiles files, Optional<Path> directory) {
        this.files = requireNonNull(files, "files");
        this.directory = requireNonNull(directory, "directory");
        directory.ifPresent(ShmBackend::check);
        limit = new MemoryLimit(directory);
    }

    private static void check(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new InvalidInputException("plasma-directory=" + directory
                    + " is not a directory: create it, or leave the option out to use anonymous shared memory");
        }
        if (!Files.isWritable(directory)) {
            throw new InvalidInputException("plasma-directory=" + directory
                    + " cannot be written by this user: change its permissions or choose another directory");
        }
    }

    @Override
    public String name() {
        return SHARED_MEMORY;
    }

    @Override
    public long pageSize() {
        return PAGE_SIZE;
    }

    @Override
    public Segment allocate(long length, long reserve) {
        long rounded = roundUp(length);
        long reserved = Math.min(rounded, roundUp(reserve));
        limit.check(rounded, reserved);
        try {
            return directory.isPresent()
                    ? files.nameless(directory.get(), SHARED_MEMORY, PAGE_SIZE, rounded, reserved)
                    : files.anonymous(SHARED_MEMORY, rounded, reserved);
        } catch (MemoryFileException e) {
            if (e.isFull()) {
                throw new StoreCapacityException(limit.sentence(length) + " (" + reserved
                        + " bytes could not be reserved: " + e.getMessage() + ")");
            }
            throw new ThornbackException(
                    Category.FATAL, "cannot make store memory in " + limit.place() + ": " + e.getMessage(), e);
        }
    }

    private static long roundUp(long length) {
        return (length + PAGE_SIZE - 1) / PAGE_SIZE * PAGE_SIZE;
    }

    /** What the memory below has. */
    private record MemoryLimit(Optional<Path> directory) {

        String place() {
            return directory.map(path -> "directory=" + path).orElse("shared memory");
        }

        void check(long length, long reserve) {
            try {
                long total;
                long free;
                if (directory.isPresent()) {
                    var store = Files.getFileStore(directory.get());
                    total = store.getTotalSpace();
                    free = store.getUsableSpace();
                } else {
                    total = MemoryInfo.total();
                    free = MemoryInfo.available();
                }
                if (length > total || reserve > free) {
                    throw new StoreCapacityException(
                            sentence(length) + " (it has " + total + " bytes, " + free + " of them free)");
                }
            } catch (IOException e) {
                throw new ThornbackException(
                        Category.FATAL, "cannot ask how much " + place() + " holds: " + e.getMessage(), e);
            }
        }

        String sentence(long length) {
            return "object-store-memory=" + length + " bytes exceeds what " + place()
                    + " can give: choose a smaller object-store-memory"
                    + directory.map(path -> " or a larger plasma-directory").orElse("");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.file.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.thornback.api.ThornbackException;
import org.thornback.api.ThornbackException.Category;
import org.thornback.api.store.MemoryFileException;
import org.thornback.api.store.MemoryFiles;
import org.thornback.api.store.Segment;
import org.thornback.api.store.StoreBackend;
import org.thornback.api.store.StoreCapacityException;

/**
 * Segments in nameless files on a disk: what is used often stays in memory, the rest the kernel writes out and reads back. Blocks
 * of the disk are reserved before anybody writes. Immutable and safe from any thread.
 */
final class FileBackend implements StoreBackend {
    private static final long PAGE_SIZE = 4096;

    private final Path directory;
    private final MemoryFiles files;

    FileBackend(Path directory, MemoryFiles files) {
        this.directory = requireNonNull(directory, "directory");
        this.files = requireNonNull(files, "files");
    }

    @Override
    public String name() {
        return FILE;
    }

    @Override
    public long pageSize() {
        return PAGE_SIZE;
    }

    @Override
    public Segment allocate(long length, long reserve) {
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            if (length > free) {
                throw full(length, "it has " + free + " bytes free");
            }
            return files.nameless(directory, FILE, PAGE_SIZE, length, reserve);
        } catch (MemoryFileException e) {
            if (e.isFull()) {
                throw full(length, e.getMessage());
            }
            throw refused(e);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private StoreCapacityException full(long length, String reason) {
        return new StoreCapacityException("object-store-memory=" + length + " bytes do not fit on the disk of"
                + " plasma-directory=" + directory + " (" + reason + "): make room, or choose a smaller"
                + " object-store-memory or another directory.");
    }

    private ThornbackException refused(IOException e) {
        return new ThornbackException(
                Category.FATAL, "cannot make store memory in plasma-directory=" + directory + ": " + e.getMessage(), e);
    }
}

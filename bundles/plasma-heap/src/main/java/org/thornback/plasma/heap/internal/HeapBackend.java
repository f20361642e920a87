// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.heap.internal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.thornback.api.InvalidInputException;
import org.thornback.api.ThornbackException;
import org.thornback.api.ThornbackException.Category;
import org.thornback.api.store.BackendSource;
import org.thornback.api.store.MemoryFileException;
import org.thornback.api.store.MemoryFiles;
import org.thornback.api.store.Segment;
import org.thornback.api.store.StoreBackend;
import org.thornback.api.store.StoreCapacityException;

/**
 * Segments as large as the node's Java heap may be at most, all of it taken at once: no file system, no growth, no surprise later.
 *
 * <p>Other processes map objects where they lie, so the bytes lie in memory of their own beside the Java heap, where the garbage
 * collector never moves them. Immutable and safe from any thread.
 */
@Component(service = BackendSource.class, property = StoreBackend.NAME + "=" + HeapBackend.HEAP)
public final class HeapBackend implements StoreBackend, BackendSource {
    static final String HEAP = "heap";
    private static final long PAGE_SIZE = 4096;

    private final MemoryFiles files;

    /**
     * Takes nothing yet.
     *
     * @param files makes the files.
     */
    @Activate
    public HeapBackend(@Reference MemoryFiles files) {
        this.files = requireNonNull(files, "files");
    }

    @Override
    public String name() {
        return HEAP;
    }

    @Override
    public StoreBackend in(Optional<Path> directory) {
        if (directory.isPresent()) {
            throw new InvalidInputException("backend heap has no directory: leave plasma-directory=" + directory.get()
                    + " out, or choose backend shm or file.");
        }
        return this;
    }

    @Override
    public long pageSize() {
        return PAGE_SIZE;
    }

    @Override
    public Segment allocate(long length, long reserve) {
        long most = Runtime.getRuntime().maxMemory();
        if (length > most) {
            throw full(length, "the heap of this process has at most " + most + " bytes");
        }
        try {
            return files.anonymous(HEAP, length, length);
        } catch (MemoryFileException e) {
            if (e.isFull()) {
                throw full(length, e.getMessage());
            }
            throw new ThornbackException(Category.FATAL, "cannot make store memory: " + e.getMessage(), e);
        }
    }

    private static StoreCapacityException full(long length, String reason) {
        return new StoreCapacityException("object-store-memory=" + length + " bytes are too much for backend heap ("
                + reason + "): choose a smaller object-store-memory or another backend.");
    }
}

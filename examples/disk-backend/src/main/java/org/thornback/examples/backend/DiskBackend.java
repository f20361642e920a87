// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples.backend;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.thornback.api.ThornbackException;
import org.thornback.api.ThornbackException.Category;
import org.thornback.api.store.MemoryFileException;
import org.thornback.api.store.MemoryFiles;
import org.thornback.api.store.Segment;
import org.thornback.api.store.StoreBackend;
import org.thornback.api.store.StoreCapacityException;

/**
 * Keeps objects in nameless files of the directory for temporary files, for machines with little memory and a fast disk.
 *
 * <p>A service {@link StoreBackend} offers itself: as long as the user has named no backend, the one with the highest ranking is
 * used. When this bundle starts, new objects go to the disk at once and those in the store follow; when it stops, all of them
 * go back. {@code ray store use disk} names it.
 *
 * <p>A backend keeps no account of what it gave: the store owns a segment from the moment it is returned, and works on after
 * this bundle has gone.
 */
@Component(property = {StoreBackend.NAME + "=" + DiskBackend.DISK, "service.ranking:Integer=10"})
public final class DiskBackend implements StoreBackend {
    static final String DISK = "disk";
    private static final long PAGE = 4096;

    private final MemoryFiles files;
    private final Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    /**
     * Works as soon as there is somebody who makes files without names.
     *
     * @param files the store's; a backend makes no system calls.
     */
    @Activate
    public DiskBackend(@Reference MemoryFiles files) {
        this.files = requireNonNull(files, "files");
    }

    @Override
    public String name() {
        return DISK;
    }

    @Override
    public long pageSize() {
        return PAGE;
    }

    @Override
    public Segment allocate(long length, long reserve) {
        // Called on a helper thread of the store, so it may take its time.
        try {
            return files.nameless(directory, DISK, PAGE, length, reserve);
        } catch (MemoryFileException e) {
            String sentence = "plasma-backend=" + DISK + ": " + length + " bytes cannot be had in " + directory + ": "
                    + e.getMessage() + "; free space there or choose another backend";
            throw e.isFull()
                    ? new StoreCapacityException(sentence)
                    : new ThornbackException(Category.FATAL, sentence, e);
        }
    }
}

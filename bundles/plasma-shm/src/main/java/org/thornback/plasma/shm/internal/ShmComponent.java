// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.shm.internal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.thornback.api.store.BackendSource;
import org.thornback.api.store.MemoryFiles;
import org.thornback.api.store.Segment;
import org.thornback.api.store.StoreBackend;

/** Shared memory as services: a backend of anonymous memory, which every Linux has, and others where a user wants them. */
@Component(property = StoreBackend.NAME + "=" + StoreBackend.SHARED_MEMORY)
public final class ShmComponent implements StoreBackend, BackendSource {
    private final MemoryFiles files;
    private final ShmBackend anonymous;

    /**
     * Takes anonymous memory.
     *
     * @param files makes the files.
     */
    @Activate
    public ShmComponent(@Reference MemoryFiles files) {
        this.files = requireNonNull(files, "files");
        anonymous = new ShmBackend(files, Optional.empty());
    }

    @Override
    public String name() {
        return StoreBackend.SHARED_MEMORY;
    }

    @Override
    public StoreBackend in(Optional<Path> directory) {
        return directory.isPresent() ? new ShmBackend(files, directory) : anonymous;
    }

    @Override
    public long pageSize() {
        return anonymous.pageSize();
    }

    @Override
    public Segment allocate(long length, long reserve) {
        return anonymous.allocate(length, reserve);
    }
}

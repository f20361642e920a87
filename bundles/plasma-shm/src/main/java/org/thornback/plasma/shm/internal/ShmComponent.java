// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.shm.internal;

import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.store.Segment;
import org.thornback.api.store.StoreBackend;

/** The shared-memory backend as a service, in the directory the configuration names, or without any. */
@Component(property = StoreBackend.NAME + "=" + ShmBackend.SHM)
public final class ShmComponent implements StoreBackend {
    private final ShmBackend backend;

    /**
     * Checks that the directory can be used; the service appears only then.
     *
     * @param configuration may name a directory.
     */
    @Activate
    public ShmComponent(@Reference Configuration configuration) {
        backend = new ShmBackend(
                configuration.find(OptionCatalogue.PLASMA_DIRECTORY).map(Path::of));
    }

    @Override
    public String name() {
        return backend.name();
    }

    @Override
    public long pageSize() {
        return backend.pageSize();
    }

    @Override
    public Segment allocate(long length, long reserve) {
        return backend.allocate(length, reserve);
    }
}

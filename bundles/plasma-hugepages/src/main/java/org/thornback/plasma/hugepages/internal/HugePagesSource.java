// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.hugepages.internal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.thornback.api.InvalidInputException;
import org.thornback.api.resources.HugePageDetector;
import org.thornback.api.resources.HugePages;
import org.thornback.api.store.BackendSource;
import org.thornback.api.store.MemoryFiles;
import org.thornback.api.store.StoreBackend;

/** Makes backends in huge pages, in the directory of a hugetlbfs that the user names. Stateless. */
@Component(property = StoreBackend.NAME + "=" + StoreBackend.HUGE_PAGES)
public final class HugePagesSource implements BackendSource {
    private final HugePageDetector detector;
    private final MemoryFiles files;

    /**
     * Waits to be asked for a backend.
     *
     * @param detector looks whether a directory leads to huge pages.
     * @param files    makes the files.
     */
    @Activate
    public HugePagesSource(@Reference HugePageDetector detector, @Reference MemoryFiles files) {
        this.detector = requireNonNull(detector, "detector");
        this.files = requireNonNull(files, "files");
    }

    @Override
    public String name() {
        return StoreBackend.HUGE_PAGES;
    }

    @Override
    public StoreBackend in(Optional<Path> directory) {
        Path place = directory.orElseThrow(() -> new InvalidInputException(
                "huge pages need the directory of a hugetlbfs: give plasma-directory, for instance /mnt/hugepages."));
        HugePages pages = detector.look(place, 0);
        if (!pages.missing().isEmpty()) {
            throw new InvalidInputException(String.join(" ", pages.missing()));
        }
        return new HugePagesBackend(place, pages.pageSize(), detector, files);
    }
}

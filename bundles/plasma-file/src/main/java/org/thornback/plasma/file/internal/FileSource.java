// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.file.internal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.thornback.api.InvalidInputException;
import org.thornback.api.store.BackendSource;
import org.thornback.api.store.MemoryFiles;
import org.thornback.api.store.StoreBackend;

/** Makes backends on a disk, in the directory the user names. Stateless. */
@Component(property = StoreBackend.NAME + "=" + StoreBackend.FILE)
public final class FileSource implements BackendSource {
    private final MemoryFiles files;

    /**
     * Waits to be asked for a backend.
     *
     * @param files makes the files.
     */
    @Activate
    public FileSource(@Reference MemoryFiles files) {
        this.files = requireNonNull(files, "files");
    }

    @Override
    public String name() {
        return StoreBackend.FILE;
    }

    @Override
    public StoreBackend in(Optional<Path> directory) {
        Path place = directory.orElseThrow(() -> new InvalidInputException(
                "backend file needs a directory on a disk: give plasma-directory, for instance /var/tmp."));
        if (!Files.isDirectory(place) || !Files.isWritable(place)) {
            throw new InvalidInputException("plasma-directory=" + place
                    + " is no directory this user may write: create it, or choose another one.");
        }
        return new FileBackend(place, files);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.OptionCatalogue;

/**
 * The backend a configuration means.
 *
 * @param wish           name and directory.
 * @param otherwisePlain whether plain memory will do when it cannot be had.
 */
record WantedBackend(BackendChoice.Wish wish, boolean otherwisePlain) {
    private static final String HUGE_PAGES = "hugepages";
    private static final String SHARED_MEMORY = "shm";

    static WantedBackend of(Configuration configuration) {
        Optional<Path> directory =
                configuration.find(OptionCatalogue.PLASMA_DIRECTORY).map(Path::of);
        Optional<String> name = configuration.find(OptionCatalogue.PLASMA_BACKEND);
        return switch (configuration.value(OptionCatalogue.HUGE_PAGES)) {
            case "true" -> new WantedBackend(new BackendChoice.Wish(HUGE_PAGES, directory), false);
            case "prefer" -> new WantedBackend(new BackendChoice.Wish(HUGE_PAGES, directory), true);
            default ->
                name.isEmpty() && directory.isEmpty()
                        ? new WantedBackend(BackendChoice.Wish.BEST, false)
                        : new WantedBackend(new BackendChoice.Wish(name.orElse(SHARED_MEMORY), directory), false);
        };
    }
}

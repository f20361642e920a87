// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.thornback.api.InvalidInputException;
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

    /** The options by which a wish is found again. */
    static Map<String, String> options(BackendChoice.Wish wish) {
        boolean hugePages = wish.name().equals(HUGE_PAGES);
        return Map.of(
                OptionCatalogue.PLASMA_BACKEND.name(), hugePages ? "" : wish.name(),
                OptionCatalogue.PLASMA_DIRECTORY.name(),
                        wish.directory().map(Path::toString).orElse(""),
                OptionCatalogue.HUGE_PAGES.name(), Boolean.toString(hugePages));
    }

    /** The wish that options mean. */
    static WantedBackend of(Configuration configuration) {
        Optional<Path> directory =
                configuration.find(OptionCatalogue.PLASMA_DIRECTORY).map(Path::of);
        Optional<String> name = configuration.find(OptionCatalogue.PLASMA_BACKEND);
        String hugePages = configuration.value(OptionCatalogue.HUGE_PAGES);
        if (!hugePages.equals("false")
                && name.filter(other -> !other.equals(HUGE_PAGES)).isPresent()) {
            throw new InvalidInputException("huge-pages=" + hugePages + " and plasma-backend=" + name.get()
                    + " exclude each other: leave one of them out.");
        }
        return switch (hugePages) {
            case "true" -> new WantedBackend(new BackendChoice.Wish(HUGE_PAGES, directory), false);
            case "prefer" -> new WantedBackend(new BackendChoice.Wish(HUGE_PAGES, directory), true);
            default ->
                name.isEmpty() && directory.isEmpty()
                        ? new WantedBackend(BackendChoice.Wish.BEST, false)
                        : new WantedBackend(new BackendChoice.Wish(name.orElse(SHARED_MEMORY), directory), false);
        };
    }
}

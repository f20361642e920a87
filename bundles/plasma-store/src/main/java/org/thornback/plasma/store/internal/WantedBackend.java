// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.store.StoreBackend;

/**
 * The backend a configuration means.
 *
 * @param wish           name and directory.
 * @param otherwisePlain whether plain memory will do when it cannot be had.
 */
record WantedBackend(BackendChoice.Wish wish, boolean otherwisePlain) {
    /** The options by which a wish is found again. */
    static Map<String, String> options(BackendChoice.Wish wish) {
        boolean hugePages = wish.name().equals(StoreBackend.HUGE_PAGES);
        return Map.of(
                OptionCatalogue.PLASMA_BACKEND.name(), hugePages ? "" : wish.name(),
                OptionCatalogue.PLASMA_DIRECTORY.name(),
                        wish.directory().map(Path::toString).orElse(""),
                OptionCatalogue.HUGE_PAGES.name(), Boolean.toString(hugePages));
    }

    /** What a user is told who preferred huge pages and got plain ones. */
    static String plainInstead(RuntimeException reason) {
        return OptionCatalogue.HUGE_PAGES.name() + "=prefer: " + reason.getMessage();
    }

    /** The wish that options mean; that they agree is the configuration's to check. */
    static WantedBackend of(Configuration configuration) {
        Optional<Path> directory =
                configuration.find(OptionCatalogue.PLASMA_DIRECTORY).map(Path::of);
        Optional<String> name = configuration.find(OptionCatalogue.PLASMA_BACKEND);
        String hugePages = configuration.value(OptionCatalogue.HUGE_PAGES);
        return switch (hugePages) {
            case "true" -> new WantedBackend(new BackendChoice.Wish(StoreBackend.HUGE_PAGES, directory), false);
            case "prefer" -> new WantedBackend(new BackendChoice.Wish(StoreBackend.HUGE_PAGES, directory), true);
            default ->
                name.isEmpty() && directory.isEmpty()
                        ? new WantedBackend(BackendChoice.Wish.BEST, false)
                        : new WantedBackend(
                                new BackendChoice.Wish(name.orElse(StoreBackend.SHARED_MEMORY), directory), false);
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.thornback.api.config.LiveConfiguration;
import org.thornback.api.store.StoreBackends;

/**
 * Lets users choose a backend. A choice is an edit of the live options where there are any, so that the configuration says what
 * holds; the store alone has none. Safe from any thread.
 */
final class ChosenBackends implements StoreBackends {
    private static final String SOURCE = "store use";

    private final BackendControl control;
    private final Supplier<LiveConfiguration> live;

    ChosenBackends(BackendControl control, Supplier<LiveConfiguration> live) {
        this.control = requireNonNull(control, "control");
        this.live = requireNonNull(live, "live");
    }

    @Override
    public List<Entry> list() {
        return control.list();
    }

    @Override
    public void use(String name, Optional<Path> directory) {
        BackendChoice.Wish wish = new BackendChoice.Wish(name, directory);
        LiveConfiguration kept = live.get();
        if (kept == null) {
            control.use(wish);
        } else {
            kept.set(WantedBackend.options(wish), SOURCE);
        }
    }
}

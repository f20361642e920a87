// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LiveOptions;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;

/** The options that choose a backend, taken on by a running store. Safe from any thread. */
final class BackendOptions implements LiveOptions {
    private final BackendControl control;

    BackendOptions(BackendControl control) {
        this.control = requireNonNull(control, "control");
    }

    @Override
    public Set<Option<?>> options() {
        return Set.of(OptionCatalogue.PLASMA_BACKEND, OptionCatalogue.PLASMA_DIRECTORY, OptionCatalogue.HUGE_PAGES);
    }

    @Override
    public void take(Configuration now) {
        control.use(WantedBackend.of(now));
    }
}

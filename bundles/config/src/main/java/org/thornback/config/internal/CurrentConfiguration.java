// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.config.internal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.Explanation;
import org.thornback.api.config.Option;

/** The configuration that holds now, whichever that is. Replaced as a whole by {@link LiveEdits}; safe from any thread. */
final class CurrentConfiguration implements Configuration {
    private volatile LayeredConfiguration now;

    CurrentConfiguration(LayeredConfiguration first) {
        now = requireNonNull(first, "first");
    }

    LayeredConfiguration now() {
        return now;
    }

    void become(LayeredConfiguration next) {
        now = requireNonNull(next, "next");
    }

    @Override
    public <T> Optional<T> find(Option<T> option) {
        return now.find(option);
    }

    @Override
    public Explanation explain(Option<?> option) {
        return now.explain(option);
    }

    @Override
    public List<Explanation> explainAll() {
        return now.explainAll();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import static java.util.Objects.requireNonNull;

import ch.qos.logback.classic.Level;
import java.util.Set;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LiveOptions;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;

/** The options of the logs, taken on by the streams of a session. Safe from any thread. */
final class LogOptions implements LiveOptions {
    private final ComponentStreams streams;

    LogOptions(ComponentStreams streams) {
        this.streams = requireNonNull(streams, "streams");
    }

    static ComponentStreams.Rules rules(Configuration configuration) {
        return new ComponentStreams.Rules(
                Level.toLevel(configuration.value(OptionCatalogue.LOG_LEVEL), Level.INFO),
                configuration.value(OptionCatalogue.LOG_MAX_BYTES),
                configuration.value(OptionCatalogue.LOG_BACKUPS));
    }

    @Override
    public Set<Option<?>> options() {
        return Set.of(OptionCatalogue.LOG_LEVEL, OptionCatalogue.LOG_MAX_BYTES, OptionCatalogue.LOG_BACKUPS);
    }

    @Override
    public void take(Configuration now) {
        streams.change(rules(now));
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.config.internal;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.configuration2.ImmutableConfiguration;
import org.thornback.api.config.Option;

/**
 * Values from one source. A later layer wins. Immutable.
 *
 * @param values what the source says.
 * @param key    under which key it says it; empty when the source cannot say it.
 * @param source how to name it to a user.
 * @param live   made of edits: an empty text says that there is no value.
 */
record Layer(
        ImmutableConfiguration values,
        Function<Option<?>, Optional<String>> key,
        Function<Option<?>, String> source,
        boolean live) {
    Layer {
        requireNonNull(values, "values");
        requireNonNull(key, "key");
        requireNonNull(source, "source");
    }

    /** A layer of the start. */
    Layer(
            ImmutableConfiguration values,
            Function<Option<?>, Optional<String>> key,
            Function<Option<?>, String> source) {
        this(values, key, source, false);
    }

    Optional<String> find(Option<?> option) {
        return key.apply(option).map(values::getString);
    }

    static Optional<String> firstSet(Option<?> option, Map<String, String> environment) {
        return option.environment().stream().filter(environment::containsKey).findFirst();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.Explanation;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.security.Secret;

/** The values a test gives, and the catalogue's defaults for all others. Immutable. */
public final class FixedConfiguration implements Configuration {
    private final Map<Option<?>, Object> given;

    /** The defaults. */
    public FixedConfiguration() {
        this(Map.of());
    }

    private FixedConfiguration(Map<Option<?>, Object> given) {
        this.given = given;
    }

    /** The same configuration with one more value. */
    public <T> FixedConfiguration with(Option<T> option, T value) {
        Map<Option<?>, Object> more = new HashMap<>(given);
        more.put(option, value);
        return new FixedConfiguration(more);
    }

    @Override
    public <T> Optional<T> find(Option<T> option) {
        Object value = given.get(option);
        return value != null
                ? Optional.of(option.type().cast(value))
                : option.defaultValue().map(text -> option.type().cast(parse(option.type(), text)));
    }

    private static Object parse(Class<?> type, String text) {
        if (type == Secret.class) {
            return Secret.of(text);
        }
        if (type == Integer.class) {
            return Integer.valueOf(text);
        }
        return type == Long.class ? (Object) Long.valueOf(text) : text;
    }

    @Override
    public Explanation explain(Option<?> option) {
        return new Explanation(
                option, String.valueOf(find(option).orElse(null)), given.containsKey(option) ? "test" : "default");
    }

    @Override
    public List<Explanation> explainAll() {
        return OptionCatalogue.ALL.stream().map(this::explain).toList();
    }
}

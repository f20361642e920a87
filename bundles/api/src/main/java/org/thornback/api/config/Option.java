// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that can be configured: one entry of the {@link OptionCatalogue}. Immutable.
 *
 * @param name         as on the command line, in kebab-case.
 * @param property     system property a program may set; empty for none.
 * @param environment  environment variables, the first that is set counts.
 * @param type         of its values.
 * @param defaultValue as text; empty when the default is detected or there is none.
 * @param words        the only values allowed; empty when any text or number is.
 * @param unit         of a number, for instance {@code bytes}; empty for none.
 * @param least        smallest number allowed.
 * @param most         largest number allowed.
 * @param live         can be changed while the node runs.
 * @param secret       its value is never shown.
 * @param description  one sentence.
 * @param <T>          type of its values.
 */
public record Option<T>(
        String name,
        String property,
        List<String> environment,
        Class<T> type,
        Optional<String> defaultValue,
        List<String> words,
        String unit,
        long least,
        long most,
        boolean live,
        boolean secret,
        String description) {

    /** Checks that nothing is missing. */
    public Option {
        requireNonNull(name, "name");
        requireNonNull(property, "property");
        environment = List.copyOf(environment);
        requireNonNull(type, "type");
        requireNonNull(defaultValue, "defaultValue");
        words = List.copyOf(words);
        requireNonNull(unit, "unit");
        requireNonNull(description, "description");
    }

    static <T> Option<T> of(String name, Class<T> type, String description) {
        return new Option<>(
                name,
                "ray." + name,
                List.of("RAY_" + name.replace('-', '_').toUpperCase(Locale.ROOT)),
                type,
                Optional.empty(),
                List.of(),
                "",
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                false,
                false,
                description);
    }

    Option<T> byDefault(String value) {
        return new Option<>(
                name,
                property,
                environment,
                type,
                Optional.of(value),
                words,
                unit,
                least,
                most,
                live,
                secret,
                description);
    }

    Option<T> among(String... allowed) {
        return new Option<>(
                name,
                property,
                environment,
                type,
                defaultValue,
                List.of(allowed),
                unit,
                least,
                most,
                live,
                secret,
                description);
    }

    Option<T> within(long smallest, long largest, String unitName) {
        return new Option<>(
                name,
                property,
                environment,
                type,
                defaultValue,
                words,
                unitName,
                smallest,
                largest,
                live,
                secret,
                description);
    }

    Option<T> asLive() {
        return new Option<>(
                name, property, environment, type, defaultValue, words, unit, least, most, true, secret, description);
    }

    Option<T> asSecret() {
        return new Option<>(
                name, property, environment, type, defaultValue, words, unit, least, most, live, true, description);
    }

    Option<T> inEnvironment(String... variables) {
        return new Option<>(
                name,
                property,
                List.of(variables),
                type,
                defaultValue,
                words,
                unit,
                least,
                most,
                live,
                secret,
                description);
    }

    Option<T> asProperty(String key) {
        return new Option<>(
                name, key, environment, type, defaultValue, words, unit, least, most, live, secret, description);
    }
}

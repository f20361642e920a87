// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.thornback.api.id.BinaryId;
import org.thornback.api.store.PlasmaId;

/**
 * One fact about each thing of a kind.
 *
 * @param key   its name in JSON, from which its heading is made.
 * @param kind  how it is shown.
 * @param value of a thing: a text, number, truth, id, amounts by name, or an Optional of those.
 */
record Column<T>(String key, Kind kind, Function<T, Object> value) {
    private static final int SCALE = 4;

    /** How a fact is shown. */
    enum Kind {
        /** As it is; cut when the table is too wide. */
        TEXT,
        /** Cut like a text, and then said in full below the table. */
        SENTENCE,
        /** As it is. */
        WORD,
        /** Shortened to what tells it from the others when the table is too wide. */
        ID,
        /** Flush right. */
        NUMBER,
        /** Flush right, in the unit that fits. */
        BYTES
    }

    Column {
        requireNonNull(key, "key");
        requireNonNull(kind, "kind");
        requireNonNull(value, "value");
    }

    /** {@code driverPid} becomes {@code DRIVER PID}. */
    String heading() {
        return key.replaceAll("([A-Z])", " $1").toUpperCase(Locale.ROOT);
    }

    /** A thing's fact for a table. */
    String text(T thing) {
        Object known = known(thing);
        return kind == Kind.BYTES && known instanceof Number number
                ? StatusPage.bytes(number.longValue())
                : switch (known) {
                    case null -> "";
                    case Boolean truth -> truth ? "yes" : "";
                    case Map<?, ?> amounts -> amounts(amounts);
                    case BinaryId id -> id.hex();
                    default -> known.toString();
                };
    }

    /** A thing's fact for programs. */
    JsonElement json(T thing) {
        return switch (known(thing)) {
            case null -> JsonNull.INSTANCE;
            case Boolean truth -> new JsonPrimitive(truth);
            case Number number -> new JsonPrimitive(number);
            case BinaryId id -> new JsonPrimitive(id.hex());
            case PlasmaId id -> new JsonPrimitive(id.toString());
            case Map<?, ?> amounts -> json(amounts);
            case Object other -> new JsonPrimitive(other.toString());
        };
    }

    private Object known(T thing) {
        return value.apply(thing) instanceof Optional<?> perhaps ? perhaps.orElse(null) : value.apply(thing);
    }

    /** Resources for programs. */
    static JsonObject json(Map<?, ?> resources) {
        JsonObject json = new JsonObject();
        new TreeMap<>(resources).forEach((name, units) -> json.addProperty(name.toString(), amount(units)));
        return json;
    }

    /** Resources as people write them. */
    static String amounts(Map<?, ?> resources) {
        return new TreeMap<>(resources)
                .entrySet().stream()
                        .map(entry ->
                                entry.getKey() + ": " + amount(entry.getValue()).toPlainString())
                        .collect(Collectors.joining(", "));
    }

    /** Units of 1/10000 as a number. */
    static BigDecimal amount(Object units) {
        BigDecimal exact =
                BigDecimal.valueOf(((Number) units).longValue(), SCALE).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.config.internal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.security.Secret;

/** Turns texts into values of an option's type, or says in one sentence why not. Stateless. */
final class ValueReader {
    private static final Set<String> RESERVED = Set.of("CPU", "GPU", "memory", "object_store_memory");
    private static final String NODE_PREFIX = "node:";
    private static final double MOST = 1e14;
    private static final String EXAMPLE = "--resources='{\"CustomResource3\": 1, \"CustomResource2\": 2}'";

    private static final Gson STRICT =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private ValueReader() {}

    /** The value, or null with a sentence in {@code problems}. */
    static Object read(Option<?> option, String text, String source, List<String> problems) {
        if (!option.words().isEmpty()) {
            return word(option, text, source, problems);
        }
        if (option.equals(OptionCatalogue.RESOURCES)) {
            return resources(text, source, problems);
        }
        if (option.type() == Secret.class) {
            return secret(option, text, source, problems);
        }
        if (option.type() == Integer.class || option.type() == Long.class) {
            return number(option, text, source, problems);
        }
        return text;
    }

    /** The allowed word, however it was capitalized. */
    private static Object word(Option<?> option, String text, String source, List<String> problems) {
        for (String word : option.words()) {
            if (word.equalsIgnoreCase(text.trim())) {
                return word;
            }
        }
        problems.add(option.name() + "=" + text + " (" + source + ") is not one of " + String.join(", ", option.words())
                + ".");
        return null;
    }

    private static Object number(Option<?> option, String text, String source, List<String> problems) {
        try {
            long number = Long.parseLong(text.trim());
            if (number < option.least() || number > option.most()) {
                problems.add(expected(option, text, source));
                return null;
            }
            return option.type() == Integer.class ? (Object) Math.toIntExact(number) : (Object) number;
        } catch (NumberFormatException | ArithmeticException e) {
            problems.add(expected(option, text, source));
            return null;
        }
    }

    private static String expected(Option<?> option, String text, String source) {
        String unit = option.unit().isEmpty() ? "" : " of " + option.unit();
        return option.name() + "=" + text + " (" + source + ") is not a whole number" + unit + " from " + option.least()
                + " to " + option.most() + ".";
    }

    private static Object secret(Option<?> option, String text, String source, List<String> problems) {
        if (text.isEmpty() || text.chars().anyMatch(Character::isWhitespace)) {
            problems.add(option.name() + " (" + source
                    + ") is empty or contains spaces: spaces are not permitted in the Redis password; give one"
                    + " without.");
            return null;
        }
        return Secret.of(text);
    }

    private static Object resources(String text, String source, List<String> problems) {
        JsonObject object;
        try {
            object = STRICT.fromJson(text, JsonObject.class);
        } catch (JsonParseException e) {
            object = null;
        }
        if (object == null) {
            problems.add("`--resources=" + text + "` (" + source
                    + ") is not a valid JSON string; valid values look like " + EXAMPLE + ".");
            return null;
        }
        int before = problems.size();
        for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
            check(entry.getKey(), entry.getValue(), problems);
        }
        return problems.size() > before ? null : object.toString();
    }

    private static void check(String name, JsonElement value, List<String> problems) {
        if (RESERVED.contains(name)) {
            problems.add("`" + name + "` cannot be a custom resource because it is one of the default resources; use `"
                    + flagOf(name) + "` instead, for instance " + flagOf(name) + "=1.");
            return;
        }
        if (name.startsWith(NODE_PREFIX) || name.isBlank()) {
            problems.add("resources: name=" + name + " is reserved for nodes; choose another name.");
            return;
        }
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
            problems.add(
                    "resources: " + name + "=" + value + " is not a number; valid values look like " + EXAMPLE + ".");
            return;
        }
        double amount = value.getAsDouble();
        if (amount < 0) {
            problems.add("resources: " + name + "=" + value + ": resource quantities must be nonnegative.");
        } else if (amount != Math.rint(amount)) {
            problems.add(
                    "resources: " + name + "=" + value + ": resource quantities of a node must all be whole numbers.");
        } else if (amount > MOST) {
            problems.add("resources: " + name + "=" + value + ": resource quantities must be at most 100000000000000.");
        }
    }

    private static String flagOf(String resource) {
        return switch (resource) {
            case "CPU" -> "--num-cpus";
            case "GPU" -> "--num-gpus";
            case "memory" -> "--memory";
            default -> "--object-store-memory";
        };
    }
}

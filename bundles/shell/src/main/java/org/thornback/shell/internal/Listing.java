// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Things of one kind, and what is known of each.
 *
 * @param columns in the order of the table.
 * @param things  in the order of the rows.
 */
record Listing<T>(List<Column<T>> columns, List<T> things) {
    Listing {
        columns = List.copyOf(columns);
        things = List.copyOf(things);
    }

    /** As a table, or as JSON when that is wanted. */
    String text(Words words) {
        return words.has("--json") ? json() : table(words.number("--width").orElse(0));
    }

    /** As a table, no wider than a width; 0 for as wide as it comes. */
    String table(int width) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream().map(Column::heading).toList());
        things.forEach(thing ->
                rows.add(columns.stream().map(column -> column.text(thing)).toList()));
        return new Table(columns.stream().map(Column::kind).toList(), rows).text(width);
    }

    /** As a JSON array, one object for each thing. */
    String json() {
        JsonArray all = new JsonArray();
        things.forEach(thing -> all.add(json(thing)));
        return text(all);
    }

    /** All about each thing, one fact in a line; or one JSON object for the only thing. */
    String details(boolean asJson) {
        if (asJson) {
            return text(json(things.getFirst()));
        }
        int room = columns.stream()
                .mapToInt(column -> column.heading().length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (T thing : things) {
            for (Column<T> column : columns) {
                text.append((column.heading() + " ".repeat(room)).substring(0, room) + "  " + column.text(thing))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private JsonObject json(T thing) {
        JsonObject json = new JsonObject();
        columns.forEach(column -> json.add(column.key(), column.json(thing)));
        return json;
    }

    /** JSON for people and programs to read. */
    static String text(JsonElement json) {
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .serializeNulls()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(json)
                + "\n";
    }
}

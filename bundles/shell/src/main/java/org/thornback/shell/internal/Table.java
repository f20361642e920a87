// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lays rows out in columns. A table that is too wide first loses the ends of its ids, as far as the beginnings still tell
 * them apart, then the ends of its longest texts. Sentences that lost theirs stand below it, each behind what its row begins with.
 */
final class Table {
    private static final int LEAST_ID = 8;
    private static final int LEAST_TEXT = 8;
    private static final Set<Column.Kind> CUT_KINDS = Set.of(Column.Kind.TEXT, Column.Kind.SENTENCE);
    private static final String GAP = "  ";
    private static final String CUT = "…";

    private final List<Column.Kind> kinds;
    private final List<List<String>> rows;

    /**
     * @param kinds of the columns.
     * @param rows  the first is the heading.
     */
    Table(List<Column.Kind> kinds, List<List<String>> rows) {
        this.kinds = List.copyOf(kinds);
        this.rows = new ArrayList<>();
        rows.forEach(row -> this.rows.add(new ArrayList<>(row)));
    }

    /** The table, no line of it wider than a width unless that is 0. */
    String text(int width) {
        List<List<String>> whole = rows.stream().map(List::copyOf).toList();
        if (width > 0) {
            shortenIds(width);
            cutTexts(width);
        }
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        StringBuilder below = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            String line = line(rows.get(row), widths);
            String shown = width > 0 && line.length() > width ? cut(line, width) : line;
            text.append(shown).append('\n');
            (row == 0 ? Stream.<String>empty() : lost(whole.get(row), shown))
                    .forEach(sentence -> below.append(sentence).append('\n'));
        }
        return text + (below.isEmpty() ? "" : "\n" + below);
    }

    /** The sentences of a row that are not whole in the line shown of it. */
    private Stream<String> lost(List<String> row, String shown) {
        return IntStream.range(0, row.size())
                .filter(column -> kinds.get(column) == Column.Kind.SENTENCE)
                .mapToObj(row::get)
                .filter(sentence -> !shown.contains(sentence))
                .map(sentence -> row.getFirst() + ": " + sentence);
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String room = " ".repeat(widths[column] - cell.length());
            boolean right = kinds.get(column) == Column.Kind.NUMBER || kinds.get(column) == Column.Kind.BYTES;
            line.append(column == 0 ? "" : GAP).append(right ? room + cell : cell + room);
        }
        return line.toString().stripTrailing();
    }

    private void shortenIds(int width) {
        for (int column = 0; column < kinds.size() && total(widths()) > width; column++) {
            if (kinds.get(column) == Column.Kind.ID) {
                int length = unambiguous(column);
                int at = column;
                rows.stream().skip(1).forEach(row -> row.set(at, beginning(row.get(at), length)));
            }
        }
    }

    /** How many digits tell the ids of a column apart. */
    private int unambiguous(int column) {
        Set<String> ids = new HashSet<>();
        rows.stream().skip(1).forEach(row -> ids.add(row.get(column)));
        int length = LEAST_ID;
        while (true) {
            int digits = length;
            Set<String> beginnings = new HashSet<>();
            ids.forEach(id -> beginnings.add(beginning(id, digits)));
            if (beginnings.size() == ids.size()) {
                return length;
            }
            length++;
        }
    }

    private static String beginning(String id, int length) {
        return id.length() > length ? id.substring(0, length) : id;
    }

    private void cutTexts(int width) {
        int[] widths = widths();
        while (total(widths) > width) {
            int widest = -1;
            for (int column = 0; column < widths.length; column++) {
                if (CUT_KINDS.contains(kinds.get(column))
                        && widths[column] > LEAST_TEXT
                        && (widest < 0 || widths[column] > widths[widest])) {
                    widest = column;
                }
            }
            if (widest < 0) {
                break;
            }
            widths[widest]--;
        }
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                row.set(column, cut(row.get(column), widths[column]));
            }
        }
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + CUT;
    }

    private int[] widths() {
        int[] widths = new int[kinds.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return widths;
    }

    private static int total(int[] widths) {
        int total = GAP.length() * Math.max(0, widths.length - 1);
        for (int width : widths) {
            total += width;
        }
        return total;
    }
}

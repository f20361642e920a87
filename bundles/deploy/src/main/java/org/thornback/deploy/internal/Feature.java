// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.thornback.api.InvalidInputException;

/**
 * A feature as its file describes it. Immutable.
 *
 * @param name    of the file, without its ending.
 * @param about   what it is for.
 * @param needs   names of other features.
 * @param bundles in the order of the file.
 * @param text    of the file.
 */
record Feature(String name, String about, List<String> needs, List<Entry> bundles, String text) {

    /** A bundle, started after those of lower levels. */
    record Entry(int level, Path jar) {}

    Feature {
        requireNonNull(name, "name");
        requireNonNull(about, "about");
        needs = List.copyOf(needs);
        bundles = List.copyOf(bundles);
    }

    /**
     * Reads the lines that matter while a node runs; the others are for the build and the launcher.
     *
     * @param home where paths begin.
     */
    static Feature parse(String name, List<String> lines, Path home) {
        String about = "";
        List<String> needs = new ArrayList<>();
        List<Entry> bundles = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.strip().split("\\s+");
            switch (words[0]) {
                case "about" -> about = line.strip().substring("about".length()).strip();
                case "needs" -> needs.add(word(name, line, words, 1));
                case "bundle" ->
                    bundles.add(new Entry(level(name, line, words), home.resolve(word(name, line, words, 2))));
                default -> {} // not for us
            }
        }
        return new Feature(name, about, needs, bundles, String.join("\n", lines));
    }

    private static int level(String name, String line, String[] words) {
        try {
            return Integer.parseInt(word(name, line, words, 1));
        } catch (NumberFormatException wrong) {
            throw broken(name, line);
        }
    }

    private static String word(String name, String line, String[] words, int index) {
        if (words.length <= index) {
            throw broken(name, line);
        }
        return words[index];
    }

    private static InvalidInputException broken(String name, String line) {
        return new InvalidInputException("line=\"" + line.strip() + "\" of feature " + name
                + " cannot be understood; lines are `needs FEATURE` and `bundle LEVEL PATH`.");
    }
}

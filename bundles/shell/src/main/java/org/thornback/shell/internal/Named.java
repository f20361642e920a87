// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the one thing a user means by an id, the beginning of an id, or a name. */
final class Named {
    private static final int SHOWN = 4;

    /** Fewer digits are more likely a number of something else. */
    private static final int LEAST = 4;

    private Named() {}

    /**
     * Finds it.
     *
     * @param word  typed.
     * @param all   there are.
     * @param names of each, its id first; only that may be shortened.
     * @param kind  what they are, in a sentence.
     * @param list  the command that shows all.
     * @return the only one; a refusal is thrown when there is none, or several.
     */
    static <T> T one(String word, List<T> all, Function<T, List<String>> names, String kind, String list) {
        List<T> found =
                all.stream().filter(thing -> names.apply(thing).contains(word)).toList();
        if (found.isEmpty()) {
            String beginning = word.toLowerCase(Locale.ROOT);
            found = all.stream()
                    .filter(thing -> word.length() >= LEAST
                            && names.apply(thing).getFirst().startsWith(beginning))
                    .toList();
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw RefusedException.because(
                found.isEmpty()
                        ? "there is no " + kind + " id=" + word + "; `" + list + "` shows what there is."
                        : "id=" + word + " means " + found.size() + " of them, "
                                + found.stream()
                                        .limit(SHOWN)
                                        .map(thing -> names.apply(thing).getFirst())
                                        .collect(Collectors.joining(", "))
                                + (found.size() > SHOWN ? ", …" : "") + ": give more of the id.");
    }
}

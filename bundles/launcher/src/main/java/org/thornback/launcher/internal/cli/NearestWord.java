// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Finds what a user meant. */
final class NearestWord {
    /** Letters from which on a beginning says which word was meant. */
    private static final int LEAST_BEGINNING = 4;

    private NearestWord() {}

    /**
     * Words a command knows.
     *
     * @param spec    the command.
     * @param options its options, else its subcommands.
     * @return the words, without hidden ones.
     */
    static List<String> known(CommandSpec spec, boolean options) {
        if (options) {
            return spec.options().stream()
                    .filter(option -> !option.hidden())
                    .flatMap(option -> Arrays.stream(option.names()))
                    .toList();
        }
        return spec.subcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(java.util.Map.Entry::getKey)
                .toList();
    }

    /**
     * The known word nearest to a mistyped one: one that begins with it, else the one that differs in the fewest letters.
     *
     * @param word  as typed.
     * @param known what would have been right.
     * @return the nearest, the first among equals; empty when none is near.
     */
    static Optional<String> of(String word, List<String> known) {
        return known.stream()
                .filter(candidate -> word.length() > LEAST_BEGINNING && candidate.startsWith(word))
                .findFirst()
                .or(() -> nearest(word, known));
    }

    private static Optional<String> nearest(String word, List<String> known) {
        return known.stream()
                .filter(candidate -> candidate.length() > 2)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .filter(candidate -> distance(word, candidate) <= Math.max(2, (candidate.length() + 1) / 2 - 1));
    }

    /** Letters to insert, delete, replace or swap with their neighbour. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], 1 + cost[i - 2][j - 2]);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}

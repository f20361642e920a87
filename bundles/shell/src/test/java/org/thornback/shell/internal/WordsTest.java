// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thornback.api.command.CommandCatalogue;
import org.thornback.api.command.CommandDescription;

class WordsTest {
    private static Words words(String command, String line) {
        return new Words(
                CommandCatalogue.find(command).orElseThrow(), line.isBlank() ? List.of() : List.of(line.split(" ")));
    }

    @Test
    void shouldTakeOptionsWithTheirValuesWhereverTheyStand() {
        Words words = words("logs", "--tail 5 raylet.out --follow");

        assertThat(words.argument(0)).contains("raylet.out");
        assertThat(words.argument(1)).isEmpty();
        assertThat(words.number("--tail")).contains(5);
        assertThat(words("logs", "--tail=7").number("--tail")).contains(7);
        assertThat(words.has("--follow")).isTrue();
        assertThat(words.has("--json")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        list    |               | KIND is missing: give `ray list KIND [--json] [--width=COLUMNS]`.
        list    | bananas       | KIND=bananas is not one of nodes, jobs, tasks, leases, actors, objects, workers, resources.
        list    | actors more   | unknown argument more: give `ray list KIND [--json] [--width=COLUMNS]`.
        actors  | --jason       | unknown option --jason: give `ray actors [--json] [--width=COLUMNS]`.
        actors  | --json=yes    | option --json takes no value: give `ray actors [--json] [--width=COLUMNS]`.
        kill    |               | ID is missing: give `ray kill ID [--yes]`.
        """)
    void shouldRefuseOtherWordsInOneSentence(String command, String line, String sentence) {
        assertThatThrownBy(() -> words(command, line == null ? "" : line))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.status()).isEqualTo(2))
                .hasMessage(sentence);
    }

    @Test
    void shouldRefuseWhatIsNoNumber() {
        assertThatThrownBy(() -> words("logs", "--tail=-3").number("--tail"))
                .hasMessage("--tail=-3 is no whole number from 0 to 999999999.");
    }

    @Test
    void shouldDescribeEveryCommandInOneLine() {
        assertThat(CommandCatalogue.ALL).extracting(CommandDescription::name).doesNotHaveDuplicates();
        assertThat(CommandCatalogue.ALL)
                .allSatisfy(command -> assertThat(command.summary()).endsWith("."))
                .allSatisfy(command -> assertThat(Words.synopsis(command)).startsWith("ray " + command.name()));
    }
}

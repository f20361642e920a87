// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thornback.shell.internal.Column.Kind;

class TableTest {
    private static final List<Kind> KINDS = List.of(Kind.ID, Kind.NUMBER, Kind.TEXT);
    private static final List<List<String>> ROWS = List.of(
            List.of("ID", "PID", "CLASS"),
            List.of("0123456789abcdef", "7", "com.example.Counter"),
            List.of("0123456780abcdef", "1234", "Short"));

    @Test
    void shouldShowEverythingWhereNobodyLooks() {
        assertThat(new Table(KINDS, ROWS).text(0)).isEqualTo("""
            ID                 PID  CLASS
            0123456789abcdef     7  com.example.Counter
            0123456780abcdef  1234  Short
            """);
    }

    @Test
    void shouldShortenIdsAsFarAsTheyCanBeToldApartBeforeItCutsTexts() {
        assertThat(new Table(KINDS, ROWS).text(37)).isEqualTo("""
            ID           PID  CLASS
            0123456789     7  com.example.Counter
            0123456780  1234  Short
            """);
        assertThat(new Table(KINDS, ROWS).text(28)).isEqualTo("""
            ID           PID  CLASS
            0123456789     7  com.examp…
            0123456780  1234  Short
            """);
    }

    @Test
    void shouldBeNoWiderThanTheTerminalHoweverNarrowThatIs() {
        for (int width = 1; width < 60; width++) {
            int most = width;
            assertThat(new Table(KINDS, ROWS).text(width).lines())
                    .as("width %s", width)
                    .hasSize(3)
                    .allMatch(line -> line.length() <= most);
        }
    }

    @Test
    void shouldSayBelowItWhatASentenceLost() {
        List<List<String>> rows = List.of(
                List.of("NAME", "STATE", "REMARK"),
                List.of("a.jar", "broken", "It imports package words, which is not there."),
                List.of("b.jar", "waits", "For c."));
        Table table = new Table(List.of(Kind.TEXT, Kind.WORD, Kind.SENTENCE), rows);

        assertThat(table.text(30)).isEqualTo("""
            NAME   STATE   REMARK
            a.jar  broken  It imports pac…
            b.jar  waits   For c.

            a.jar: It imports package words, which is not there.
            """);
    }
}

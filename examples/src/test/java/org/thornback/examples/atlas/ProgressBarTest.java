// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void shouldPrintALineAQuarterWhenOutputIsNoTerminal() {
        show(false);

        assertThat(text().lines()).hasSize(5).first().isEqualTo("  0 % of 200 tasks");
        assertThat(text().lines().toList().getLast()).isEqualTo("  100 % of 200 tasks");
    }

    @Test
    void shouldDrawOneLineAnewWhenOutputIsATerminal() {
        show(true);

        assertThat(text().lines().filter(line -> !line.isEmpty()).toList().getLast())
                .contains("[" + "#".repeat(40) + "] 100 %");
        assertThat(text()).containsOnlyOnce(System.lineSeparator()).endsWith(System.lineSeparator());
        assertThat(text().chars().filter(character -> character == '\r').count())
                .isEqualTo(41);
    }

    private void show(boolean terminal) {
        var bar = new ProgressBar(new PrintStream(shown, true, StandardCharsets.UTF_8), terminal, 200);
        for (int done = 0; done <= 200; done++) {
            bar.show(done);
        }
    }

    private String text() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}

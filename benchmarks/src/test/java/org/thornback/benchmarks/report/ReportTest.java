// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    private Path raw;

    @Test
    void shouldCompareMediansOfAllRoundsButTheWarmUp() throws IOException {
        write("thornback", "FIGURE task.sync 0 9000", "FIGURE task.sync 1 40", "noise", "FIGURE task.sync 2 60");
        write("ray", "FIGURE task.sync 0 9000", "FIGURE task.sync 1 1000");
        write("limits", "FIGURE ping-pong 1 30");

        assertThat(table("^task, one"))
                .contains("| task, one at a time, p50 | Ray 1,000 µs | 50 µs | 20.00 × | ≤ 2 × ping-pong (30) | yes |");
    }

    @Test
    void shouldSayNoWhenTheMarkIsMissed() throws IOException {
        write("thornback", "FIGURE put.recycled.16 1 7.9", "FIGURE stop 1 1.2");
        write("limits", "FIGURE memcpy.16 1 10");

        assertThat(table("16 MiB, recycled")).contains("| 7.90 GB/s | – | ≥ 0.80 × memcpy (10) | no |");
        assertThat(table("stop")).contains("| Ray not measured | 1.20 s | – | ≤ 1 | no |");
    }

    @Test
    void shouldLeaveTheVerdictOpenWhereTheLimitWasNotMeasured() throws IOException {
        write("thornback", "FIGURE task.sync 1 40");

        assertThat(table("^task, one")).contains("| ≤ 2 × ping-pong | – |");
    }

    @Test
    void shouldMarkHowSoonAStoreOfItsOwnIsReady() throws IOException {
        write("thornback", "FIGURE ready 1 0.42", "FIGURE ready 1 0.44");
        write("arrow", "FIGURE ready 1 0.01");

        assertThat(table("plasma-store")).contains("Arrow").contains("≤ 0.50 | yes |");
    }

    @Test
    void shouldTurnTheRatioSoThatMoreThanOneIsBetter() throws IOException {
        write("thornback-arrow", "FIGURE get 1 20", "FIGURE put.16 1 9");
        write("arrow", "FIGURE get 1 30", "FIGURE put.16 1 10");

        assertThat(table("client, get")).contains("1.50 ×").contains("| yes |");
        assertThat(table("client, put 16")).contains("0.90 ×").contains("| no |");
    }

    @Test
    void shouldNameRowsThatWereNotMeasured() throws IOException {
        assertThat(table("two nodes|shutdown"))
                .contains("- `Ray.shutdown()`: not measured in this run")
                .contains("- object between two nodes on one machine, 256 MiB: its subject does not exist yet");
    }

    private String table(String rows) throws IOException {
        return Report.table(Measurements.read(raw), Pattern.compile(rows));
    }

    private void write(String subject, String... lines) throws IOException {
        Files.write(raw.resolve(subject + ".raw"), List.of(lines));
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.layout.WorkerFiles;

class WorkerTracesTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    Path directory;

    private final WorkerTraces traces = new WorkerTraces();
    private final long death = System.nanoTime();
    private Path socket;
    private Path page;

    @BeforeEach
    void leaveTraces() throws IOException {
        socket = Files.createFile(directory.resolve("worker"));
        page = Files.createFile(WorkerFiles.startedPage(socket));
    }

    @Test
    void shouldRemoveTheSocketAtOnceAndThePageWhenOwnersHadTimeToReadIt() {
        traces.ended(socket, death);
        traces.sweep(death + 4 * SECOND);

        assertThat(socket).doesNotExist();
        assertThat(page).exists();
        traces.sweep(death + 6 * SECOND);
        assertThat(page).doesNotExist();
    }

    @Test
    void shouldRemoveEachPageInItsOwnTime() throws IOException {
        Path later = Files.createFile(directory.resolve("later.started"));
        traces.ended(socket, death);
        traces.ended(directory.resolve("later"), death + 5 * SECOND);

        traces.sweep(death + 7 * SECOND);

        assertThat(page).doesNotExist();
        assertThat(later).exists();
        traces.sweep(death + 11 * SECOND);
        assertThat(later).doesNotExist();
    }

    @Test
    void shouldSayWhenTheNextPageIsToGo() {
        assertThat(traces.nextSweepNanos(death)).isEqualTo(Long.MAX_VALUE);
        traces.ended(socket, death);

        long wait = traces.nextSweepNanos(death + SECOND);

        assertThat(wait).isBetween(3 * SECOND, 5 * SECOND);
        traces.sweep(death + SECOND + wait);
        assertThat(page).doesNotExist();
        assertThat(traces.nextSweepNanos(death + 2 * SECOND)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldRemoveNothingOfOthersForAWorkerThatNeverListened() {
        traces.ended(directory.resolve("other"), death);
        traces.sweep(death + 60 * SECOND);

        assertThat(socket).exists();
        assertThat(page).exists();
    }

    @Test
    void shouldGoOnWhenAPageCannotBeRemoved() throws IOException {
        Path stays = Files.createDirectories(directory.resolve("odd.started").resolve("full"));
        traces.ended(directory.resolve("odd"), death);
        traces.ended(socket, death);

        traces.sweep(death + 11 * SECOND);

        assertThat(stays).exists();
        assertThat(page).doesNotExist();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.layout.WorkerFiles;

class StartedPageTest {
    @TempDir
    Path directory;

    private static byte[] caller(int number) {
        byte[] id = new byte[28];
        Arrays.fill(id, (byte) number);
        return id;
    }

    private static long call(int connection, int number) {
        return ((long) connection << 32) + number;
    }

    @Test
    void shouldTellEachCallerWhatItsWorkerHadStartedWhenItDied() throws Exception {
        Path socket = directory.resolve("worker");
        StartedPage page = StartedPage.create(socket); // never closed: the worker was killed
        int first = page.open(caller(1));
        int second = page.open(caller(2));
        page.started(first, call(1, 5), 0);
        page.started(first, call(1, 6), 0);
        page.started(second, call(3, 9), 0);
        page.open(caller(3));

        assertThat(StartedPage.lastStarted(socket, caller(1), 1).id()).isEqualTo(call(1, 6));
        assertThat(StartedPage.lastStarted(socket, caller(2), 3).id()).isEqualTo(call(3, 9));
        assertThat(StartedPage.lastStarted(socket, caller(3), 1).id())
                .as("nothing started")
                .isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(WorkerFiles.startedPage(socket))))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldKeepTheConnectionsOfOneCallerApart() {
        Path socket = directory.resolve("worker");
        StartedPage page = StartedPage.create(socket);
        page.started(page.open(caller(1)), call(1, 5), 0);
        page.started(page.open(caller(1)), call(2, 7), 0);

        assertThat(StartedPage.lastStarted(socket, caller(1), 1).id()).isEqualTo(call(1, 5));
        assertThat(StartedPage.lastStarted(socket, caller(1), 2).id()).isEqualTo(call(2, 7));
        assertThat(StartedPage.lastStarted(socket, caller(1), 3).id())
                .as("a connection the worker never noticed")
                .isZero();
    }

    @Test
    void shouldLetNothingBeRepeatedWhenNothingIsKnown() {
        assertThat(StartedPage.lastStarted(directory.resolve("worker"), caller(1), 1)
                        .id())
                .as("no page")
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldStillTellAfterAnOrderlyEnd() {
        Path socket = directory.resolve("worker");
        try (StartedPage page = StartedPage.create(socket)) {
            page.started(page.open(caller(1)), call(1, 5), 0);
        }
        assertThat(StartedPage.lastStarted(socket, caller(1), 1).id()).isEqualTo(call(1, 5));
    }

    @Test
    void shouldUseTheSlotsOfCallersThatLeftAndRefuseNobodyWhenAllAreTaken() {
        Path socket = directory.resolve("worker");
        try (StartedPage page = StartedPage.create(socket)) {
            for (int i = 1; i <= 64; i++) {
                page.started(page.open(caller(i)), call(1, i), 0);
            }
            page.close(2);
            assertThat(StartedPage.lastStarted(socket, caller(3), 1).id())
                    .as("its worker closed it")
                    .isEqualTo(call(1, 3));
            assertThat(page.open(caller(66))).isEqualTo(2);
            assertThat(StartedPage.lastStarted(socket, caller(66), 1).id())
                    .as("not the one before it")
                    .isZero();

            int none = page.open(caller(65));
            page.started(none, call(1, 7), 0);
            page.close(none);
            assertThat(StartedPage.lastStarted(socket, caller(65), 1).id()).isEqualTo(Long.MAX_VALUE);
            assertThat(StartedPage.lastStarted(socket, caller(64), 1).id()).isEqualTo(call(1, 64));
        }
    }

    @Test
    void shouldTakeOverTheNameOfAnEarlierWorker() {
        Path socket = directory.resolve("worker");
        StartedPage dead = StartedPage.create(socket);
        dead.started(dead.open(caller(1)), call(1, 5), 0);
        try (StartedPage page = StartedPage.create(socket)) {
            page.open(caller(1));
            assertThat(StartedPage.lastStarted(socket, caller(1), 1).id()).isZero();
        }
    }
}

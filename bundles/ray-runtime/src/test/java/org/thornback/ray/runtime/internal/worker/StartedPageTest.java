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

class StartedPageTest {
    @TempDir
    Path directory;

    private static byte[] caller(int number) {
        byte[] id = new byte[28];
        Arrays.fill(id, (byte) number);
        return id;
    }

    @Test
    void shouldTellEachCallerWhatItsWorkerHadStartedWhenItDied() throws Exception {
        Path socket = directory.resolve("worker");
        StartedPage page = StartedPage.create(socket); // never closed: the worker was killed
        int first = page.open(caller(1));
        int second = page.open(caller(2));
        page.started(first, 5);
        page.started(first, 6);
        page.started(second, 9);
        page.open(caller(3));

        assertThat(StartedPage.lastStarted(socket, caller(1))).isEqualTo(6);
        assertThat(StartedPage.lastStarted(socket, caller(2))).isEqualTo(9);
        assertThat(StartedPage.lastStarted(socket, caller(3)))
                .as("nothing started")
                .isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(StartedPage.fileOf(socket))))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldLetNothingBeRepeatedWhenNothingIsKnown() {
        Path socket = directory.resolve("worker");
        assertThat(StartedPage.lastStarted(socket, caller(1))).as("no page").isEqualTo(Long.MAX_VALUE);
        try (StartedPage page = StartedPage.create(socket)) {
            page.started(page.open(caller(1)), 5);
            assertThat(StartedPage.lastStarted(socket, caller(2))).as("no slot").isEqualTo(Long.MAX_VALUE);
        }
        assertThat(StartedPage.lastStarted(socket, caller(1))).as("page closed").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldUseTheSlotsOfCallersThatLeftAndRefuseNobodyWhenAllAreTaken() {
        Path socket = directory.resolve("worker");
        try (StartedPage page = StartedPage.create(socket)) {
            for (int i = 1; i <= 64; i++) {
                page.started(page.open(caller(i)), i);
            }
            int none = page.open(caller(65));
            page.started(none, 7);
            assertThat(StartedPage.lastStarted(socket, caller(65))).isEqualTo(Long.MAX_VALUE);
            assertThat(StartedPage.lastStarted(socket, caller(64))).isEqualTo(64);
            page.close(none);
            page.close(2);
            assertThat(StartedPage.lastStarted(socket, caller(3))).isEqualTo(Long.MAX_VALUE);
            assertThat(page.open(caller(66))).isEqualTo(2);
            assertThat(StartedPage.lastStarted(socket, caller(66)))
                    .as("not the one before it")
                    .isZero();
        }
    }

    @Test
    void shouldTakeOverTheNameOfAnEarlierWorker() {
        Path socket = directory.resolve("worker");
        StartedPage dead = StartedPage.create(socket);
        dead.started(dead.open(caller(1)), 5);
        try (StartedPage page = StartedPage.create(socket)) {
            page.open(caller(1));
            assertThat(StartedPage.lastStarted(socket, caller(1))).isZero();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.worker.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StartPauseTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final StartPause pause = new StartPause();

    @Test
    void shouldPauseLongerAndLongerUntilAWorkerRegisters() {
        long now = System.nanoTime();
        assertThat(pause.isOver(now)).isTrue();
        pause.failed(now);
        assertThat(pause.isOver(now + SECOND / 20)).isFalse();
        assertThat(pause.isOver(now + SECOND / 5)).isTrue();
        for (int i = 0; i < 20; i++) {
            pause.failed(now);
        }
        assertThat(pause.isOver(now + 9 * SECOND)).isFalse();
        assertThat(pause.isOver(now + 11 * SECOND)).as("but never for long").isTrue();

        pause.end();

        assertThat(pause.isOver(now)).isTrue();
        pause.failed(now);
        assertThat(pause.isOver(now + SECOND / 5)).isTrue();
    }
}

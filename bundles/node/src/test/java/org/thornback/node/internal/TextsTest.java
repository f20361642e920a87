// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void shouldTellSignalsFromExitStatuses() {
        assertThat(WorkerEnd.describe(0)).isEqualTo("exit status 0");
        assertThat(WorkerEnd.describe(1)).isEqualTo("exit status 1");
        assertThat(WorkerEnd.describe(143)).isEqualTo("signal 15");
        assertThat(WorkerEnd.describe(134)).isEqualTo("signal 6");
        assertThat(WorkerEnd.describe(137)).startsWith("signal 9 (killed");
    }

    @Test
    void shouldWriteResourcesByNameAndWithoutUselessZeros() {
        assertThat(ResourceText.of(Map.of())).isEqualTo("{}");
        assertThat(ResourceText.of(Map.of("GPU", 10_000L, "CPU", 5_000L, "b", 1L, "memory", 10_000_000_000_000L)))
                .isEqualTo("{CPU: 0.5, GPU: 1, b: 0.0001, memory: 1000000000}");
    }
}

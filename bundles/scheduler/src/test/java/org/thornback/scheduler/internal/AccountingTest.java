// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.scheduler.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountingTest {
    private final Accounting accounting = new Accounting();

    @Test
    void shouldTellWhatFitsNowFromWhatCouldEverFit() {
        accounting.total(Map.of("CPU", 20_000L, "GPU", 10_000L));
        accounting.take(Map.of("CPU", 15_000L));

        assertThat(accounting.fits(Map.of("CPU", 5_000L, "GPU", 10_000L))).isTrue();
        assertThat(accounting.fits(Map.of("CPU", 5_001L))).isFalse();
        assertThat(accounting.feasible(Map.of("CPU", 20_000L))).isTrue();
        assertThat(accounting.feasible(Map.of("CPU", 20_001L))).isFalse();
        assertThat(accounting.feasible(Map.of("CPU", 1L, "TPU", 1L)))
                .as("one is missing")
                .isFalse();
        assertThat(accounting.fits(Map.of())).isTrue();
        assertThat(accounting.fits(Map.of("TPU", 0L)))
                .as("none of what there is not")
                .isTrue();
    }

    @Test
    void shouldHaveNothingBeforeItIsToldWhatThereIs() {
        assertThat(accounting.total()).isEmpty();
        assertThat(accounting.available()).isEmpty();
        assertThat(accounting.fits(Map.of("CPU", 1L))).isFalse();
    }

    @Test
    void shouldOweWhatIsHeldOfAResourceThatIsGone() {
        accounting.total(Map.of("CPU", 10_000L, "GPU", 10_000L));
        accounting.take(Map.of("GPU", 10_000L));

        accounting.total(Map.of("CPU", 10_000L));

        assertThat(accounting.available()).isEqualTo(Map.of("CPU", 10_000L, "GPU", -10_000L));
        accounting.giveBack(Map.of("GPU", 10_000L));
        assertThat(accounting.available()).isEqualTo(Map.of("CPU", 10_000L));
    }
}

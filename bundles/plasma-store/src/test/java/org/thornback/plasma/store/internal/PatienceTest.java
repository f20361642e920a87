// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final long SOON = Patience.WINDOW_NANOS / 5;
    private static final long LATE = Patience.WINDOW_NANOS * 5;

    @Test
    void shouldLookForAClientThatHasAskedAgainAtOnceForAWhile() {
        Patience patience = new Patience(2);

        for (int i = 0; i < 8; i++) {
            assertThat(waited(patience, SOON)).as("wait %d", i).isFalse();
        }
        assertThat(waited(patience, SOON)).isTrue();
    }

    @Test
    void shouldNotLookForAClientThatCopiesBetweenItsRequests() {
        Patience patience = new Patience(2);

        int looked = 0;
        for (int i = 0; i < 1_000; i++) {
            looked += waited(patience, LATE) ? 1 : 0; // copies what it has room for
            looked += waited(patience, SOON) ? 1 : 0; // has sealed it and makes the next
        }

        assertThat(looked).isZero();
    }

    @Test
    void shouldSleepAtOnceWhenNobodyAsksAgain() {
        Patience patience = new Patience(2);
        for (int i = 0; i < 1_000; i++) {
            waited(patience, SOON);
        }

        int looked = 0;
        while (waited(patience, LATE)) {
            looked++;
        }

        assertThat(looked).isBetween(1, 4);
        assertThat(waited(patience, LATE)).isFalse();
    }

    @Test
    void shouldSleepWhenNobodyWasAnswered() {
        Patience patience = new Patience(2);
        waited(patience, SOON);

        assertThat(patience.begin(0)).isFalse();
    }

    @Test
    void shouldNeverLookOnASingleProcessor() {
        Patience patience = new Patience(1);

        assertThat(waited(patience, SOON)).isFalse();
        assertThat(waited(patience, SOON)).isFalse();
    }

    private static boolean waited(Patience patience, long nanos) {
        patience.expect();
        boolean looks = patience.begin(0);
        patience.end(nanos);
        return looks;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.scheduler.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SoftLimitTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final SoftLimit limit = new SoftLimit();
    private long now = System.nanoTime();

    /** Something waits for room until there is some, which it takes; how long that took. */
    private long waitForRoom() {
        long begin = now;
        limit.starve(now);
        while (!limit.hasRoom()) {
            now += limit.nextNanos(now);
            limit.starve(now);
        }
        limit.started(now);
        return now - begin;
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            waitForRoom();
        }
    }

    @Test
    void shouldHaveRoomForOneOfEachCpu() {
        limit.cpus(3);
        for (int i = 0; i < 3; i++) {
            assertThat(waitForRoom()).isZero();
        }

        assertThat(limit.hasRoom()).isFalse();
        limit.ended(now);
        assertThat(limit.hasRoom()).isTrue();
    }

    @Test
    void shouldHaveRoomForOneWithoutAnyCpu() {
        limit.cpus(0);

        assertThat(waitForRoom()).isZero();
        assertThat(limit.hasRoom()).isFalse();
    }

    @Test
    void shouldAllowMoreAfterPausesThatGrowToASecond() {
        limit.cpus(1);
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            pauses.add(waitForRoom());
        }

        assertThat(pauses.getFirst()).isZero();
        assertThat(pauses).isSorted();
        assertThat(pauses.get(1)).isBetween(1L, SECOND / 10);
        assertThat(pauses.getLast()).isEqualTo(SECOND);
    }

    @Test
    void shouldAllowNoneWhileSomethingMoves() {
        limit.cpus(2);
        fill(2);
        long pause = limit.nextNanos(now);
        for (int i = 0; i < 50; i++) {
            now += pause / 2;
            limit.ended(now);
            limit.started(now);
            limit.starve(now);

            assertThat(limit.hasRoom()).isFalse();
        }
    }

    @Test
    void shouldBeginAnewWhenThoseBeyondTheCpusHaveComeBack() {
        limit.cpus(1);
        fill(10);
        for (int i = 0; i < 9; i++) {
            limit.ended(now);
        }

        assertThat(limit.hasRoom()).isFalse();
        assertThat(waitForRoom()).isLessThanOrEqualTo(SECOND / 10);
    }

    @Test
    void shouldStopSomewhereAndNotAskAgainUntilSomethingComesBack() {
        limit.cpus(2);
        fill(2 + 2 * 64);

        assertThat(limit.nextNanos(now)).isEqualTo(Long.MAX_VALUE);
        limit.starve(now + 100 * SECOND);
        assertThat(limit.hasRoom()).isFalse();
        limit.ended(now);
        assertThat(limit.hasRoom()).isTrue();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.scheduler.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SoftLimitTest {
    private final SoftLimit limit = new SoftLimit();

    @Test
    void shouldHaveRoomForOneOfEachCpu() {
        limit.cpus(2);
        limit.started();
        assertThat(limit.hasRoom()).isTrue();
        limit.started();
        assertThat(limit.hasRoom()).isFalse();

        limit.ended();

        assertThat(limit.hasRoom()).isTrue();
    }

    @Test
    void shouldHaveRoomForOneWithoutAnyCpu() {
        limit.cpus(0);
        assertThat(limit.hasRoom()).isTrue();

        limit.started();

        assertThat(limit.hasRoom()).isFalse();
    }

    @Test
    void shouldMakeUpForWhatStartedBeyondIt() {
        limit.cpus(1);
        limit.started();
        limit.started();

        limit.ended();

        assertThat(limit.hasRoom()).isFalse();
        limit.ended();
        assertThat(limit.hasRoom()).isTrue();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {
    @Test
    void shouldReturnWhenTheConditionBecomesTrue() {
        var asked = new AtomicInteger();

        Await.await(() -> asked.incrementAndGet() == 5, () -> "never five");

        assertThat(asked).hasValue(5);
    }

    @Test
    void shouldReturnTheAcceptedAnswer() {
        var next = new AtomicInteger();

        int answer = Await.awaitValue(next::incrementAndGet, n -> n > 3, Duration.ofSeconds(5), () -> "no number");

        assertThat(answer).isEqualTo(4);
    }

    @Test
    void shouldFailWithMessageLastAnswerAndThreadsWhenTimeIsOver() {
        assertThatThrownBy(() -> Await.await(() -> false, Duration.ofMillis(5), "door=closed"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("door=closed")
                .hasMessageContaining("last answer=false")
                .hasMessageContaining(Thread.currentThread().getName());
    }

    @Test
    void shouldTakeAnExceptionAsNotYetAndTellTheLastOne() {
        assertThatThrownBy(() -> Await.await(
                        () -> {
                            throw new IOException("still away");
                        },
                        Duration.ofMillis(5),
                        "never there"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("still away")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void shouldFailAtOnceWhenInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Await.await(() -> false, Duration.ofMinutes(5), "interrupted"))
                .isInstanceOf(AssertionError.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}

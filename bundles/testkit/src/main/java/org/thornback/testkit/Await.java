// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits in the calling thread until a condition holds, instead of sleeping and hoping.
 *
 * <p>A condition may throw: that counts as "not yet", and the last exception becomes the cause of the failure. When
 * the time is over the failure carries the stacks of all threads, because a hang in a build is seldom seen twice.
 */
public final class Await {
    private static final long FIRST_PAUSE_NANOS = 100_000;
    private static final long LONGEST_PAUSE_NANOS = 10_000_000;

    private Await() {}

    /**
     * Waits until the condition returns true.
     *
     * @throws AssertionError when it does not within the timeout
     */
    public static void await(Callable<Boolean> condition, Duration timeout, Supplier<String> message) {
        awaitValue(condition, Boolean.TRUE::equals, timeout, message);
    }

    /** Like {@link #await(Callable, Duration, Supplier)} with ten seconds. */
    public static void await(Callable<Boolean> condition, Supplier<String> message) {
        await(condition, Duration.ofSeconds(10), message);
    }

    /** Like {@link #await(Callable, Duration, Supplier)} with a fixed message. */
    public static void await(Callable<Boolean> condition, Duration timeout, String message) {
        await(condition, timeout, () -> message);
    }

    /**
     * Asks again and again until the answer is accepted.
     *
     * @return the answer that was accepted
     * @throws AssertionError when there is none within the timeout; it tells the last answer or exception
     */
    public static <T> T awaitValue(
            Callable<T> question, Predicate<? super T> accepted, Duration timeout, Supplier<String> message) {
        requireNonNull(question, "question");
        requireNonNull(accepted, "accepted");
        long deadline = System.nanoTime() + timeout.toNanos();
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            T answer = null;
            Exception failure = null;
            try {
                answer = question.call();
                if (accepted.test(answer)) {
                    return answer;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting: " + message.get(), e);
            } catch (Exception e) {
                failure = e;
            }
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                String last = failure == null ? "last answer=" + answer : "last exception=" + failure;
                throw new AssertionError(
                        "not within " + timeout + ": " + message.get() + "; " + last + "\n" + ThreadDump.text(),
                        failure);
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
        }
    }
}

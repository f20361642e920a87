// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.health.internal;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;

/** Waits for a part's answer and makes a finding of it, or of its absence. */
final class Answers {
    private Answers() {}

    /**
     * Waits.
     *
     * @param part    who was asked, for a sentence.
     * @param answer  that is to come.
     * @param finding made of it.
     * @param <T>     type of the answer.
     * @return the finding; critical when no answer came in time.
     */
    static <T> Result await(String part, CompletionStage<T> answer, Function<T, Result> finding) {
        try {
            return finding.apply(answer.toCompletableFuture().get(Meaning.ANSWER_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException late) {
            return critical(part + " did not answer within " + Meaning.ANSWER_SECONDS + " s.");
        } catch (ExecutionException failed) {
            return critical(part + " could not answer: " + failed.getCause() + ".");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return critical("the check was ended before " + part + " answered.");
        }
    }

    static Result critical(String sentence) {
        return new Result(Status.CRITICAL, sentence);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Asks a service that may be away and answers later, and says in one sentence when it does not. */
final class Question {
    /** The raylet, in sentences. */
    static final String RAYLET = "the raylet of this node";

    /** The object store, in sentences. */
    static final String STORE = "the object store of this node";

    /** The scheduler, in sentences. */
    static final String SCHEDULER = "the scheduler of this node";

    private static final int SECONDS = 5;

    private Question() {}

    /**
     * Asks the raylet.
     *
     * @param service  null while it is away.
     * @param question to be asked.
     * @return the answer; a refusal is thrown when there is none within a few seconds.
     */
    static <S, T> T raylet(S service, Function<S, CompletionStage<T>> question) {
        if (service == null) {
            throw RefusedException.because(RAYLET + " does not run (yet): no task can run here now.");
        }
        return await(question.apply(service), RAYLET);
    }

    /** Asks another service. */
    static <S, T> T ask(S service, String who, Function<S, CompletionStage<T>> question) {
        return await(question.apply(there(service, who)), who);
    }

    /** A service that is there. */
    static <S> S there(S service, String who) {
        if (service == null) {
            throw RefusedException.because(who + " does not run (yet).");
        }
        return service;
    }

    private static <T> T await(CompletionStage<T> answer, String who) {
        try {
            return answer.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw RefusedException.because(who + " did not answer within " + SECONDS + " s.");
        } catch (ExecutionException failed) {
            throw RefusedException.because(who + " could not answer: " + failed.getCause() + ".");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw RefusedException.because("the node is ending.");
        }
    }
}

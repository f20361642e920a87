// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.thornback.api.id.BinaryId;

/**
 * A task, or a call of an actor's method, as its owner knows it.
 *
 * @param id       24 bytes.
 * @param jobId    of the job it belongs to.
 * @param function class and method.
 * @param name     the user's name for it, else its function.
 * @param type     what runs it.
 * @param state    how far it is.
 * @param attempt  how often it was begun before.
 * @param worker   that has it or had it; empty for none.
 * @param pid      of that process, 0 when it is gone.
 * @param began    when it started; empty while it has not, or when nobody knows.
 * @param ended    when its owner heard of its end; empty before.
 */
public record TaskInfo(
        BinaryId id,
        int jobId,
        String function,
        String name,
        Type type,
        State state,
        int attempt,
        Optional<BinaryId> worker,
        long pid,
        Optional<Instant> began,
        Optional<Instant> ended) {

    /** What runs a task, in Ray's words. */
    public enum Type {
        /** Any worker. */
        NORMAL_TASK,
        /** The worker of its actor. */
        ACTOR_TASK
    }

    /** How far a task is, in Ray's words. */
    public enum State {
        /** Some of its arguments are results of tasks that are not over. */
        PENDING_ARGS_AVAIL,
        /** It waits for a worker, or for its actor to be alive. */
        PENDING_NODE_ASSIGNMENT,
        /** It lies at its worker, behind others. */
        SUBMITTED_TO_WORKER,
        /** It has started. */
        RUNNING,
        /** It has a result. */
        FINISHED,
        /** It threw something, or was lost. */
        FAILED
    }

    /** Checks that nothing is missing. */
    public TaskInfo {
        requireNonNull(id, "id");
        requireNonNull(function, "function");
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(state, "state");
        requireNonNull(worker, "worker");
        requireNonNull(began, "began");
        requireNonNull(ended, "ended");
    }
}

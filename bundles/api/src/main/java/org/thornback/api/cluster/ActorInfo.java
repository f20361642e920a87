// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.thornback.api.id.BinaryId;

/**
 * An actor.
 *
 * @param id        its id.
 * @param jobId     of the job that created it.
 * @param className its class.
 * @param name      empty for none.
 * @param namespace of the name.
 * @param detached  outlives its job.
 * @param state     where it is in its life.
 * @param restarts  how often it was constructed again.
 * @param resources it holds or waits for, in 1/10000.
 * @param leaseId   of the lease it lives on or waits for.
 * @param worker    it lives in.
 * @param pid       of that process, 0 without one.
 * @param cause     why it died or was constructed again; empty while neither happened.
 */
public record ActorInfo(
        BinaryId id,
        int jobId,
        String className,
        String name,
        String namespace,
        boolean detached,
        State state,
        int restarts,
        Map<String, Long> resources,
        long leaseId,
        Optional<BinaryId> worker,
        long pid,
        String cause) {

    /** Where an actor is in its life. */
    public enum State {
        /** It waits for a worker, or its constructor runs. */
        PENDING,
        /** It takes calls. */
        ALIVE,
        /** Its worker died and it is constructed again. */
        RESTARTING,
        /** It has gone for good. */
        DEAD
    }

    /** Checks that nothing is missing. */
    public ActorInfo {
        requireNonNull(id, "id");
        requireNonNull(className, "className");
        requireNonNull(name, "name");
        requireNonNull(namespace, "namespace");
        requireNonNull(state, "state");
        resources = Map.copyOf(resources);
        requireNonNull(worker, "worker");
        requireNonNull(cause, "cause");
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.scheduling;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Somebody wants to run something.
 *
 * @param id        unique on this node.
 * @param jobId     of whom.
 * @param kind      what for.
 * @param resources it needs, in 1/10000; without any it needs none, not even a CPU.
 * @param function  name of what is to run, for lists.
 */
public record LeaseRequest(long id, int jobId, Kind kind, Map<String, Long> resources, String function) {

    /** What a lease is for. */
    public enum Kind {
        /** Tasks; those without resources share a soft limit of one for each CPU. */
        TASK,
        /** An actor, for its life; without resources there is no limit. */
        ACTOR
    }

    /** Checks that nothing is missing. */
    public LeaseRequest {
        requireNonNull(kind, "kind");
        resources = Map.copyOf(resources);
        requireNonNull(function, "function");
    }

    /**
     * Whether it is for tasks that need nothing, so that only the soft limit holds for them.
     *
     * @return false for actors.
     */
    public boolean withoutResources() {
        return kind == Kind.TASK && resources.isEmpty();
    }
}

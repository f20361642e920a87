// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.worker;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * What a worker has to be like.
 *
 * @param jobId       whose classes it runs; a worker serves one job only.
 * @param fresh       nothing may have run in it: it will become an actor.
 * @param jvmOptions  beyond the node's own.
 * @param environment beyond the node's own.
 */
public record WorkerDemand(int jobId, boolean fresh, List<String> jvmOptions, Map<String, String> environment) {

    /** Checks that nothing is missing. */
    public WorkerDemand {
        jvmOptions = List.copyOf(requireNonNull(jvmOptions, "jvmOptions"));
        environment = Map.copyOf(requireNonNull(environment, "environment"));
    }

    /**
     * Whether any worker of the node's own making will do.
     *
     * @return false with options or environment of its own.
     */
    public boolean plain() {
        return jvmOptions.isEmpty() && environment.isEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.raylet;

import java.util.List;

/** What a raylet asks of a worker. Called on the polling thread. */
public interface WorkerDuties {

    /** For processes that are no workers: nothing is asked of them. */
    WorkerDuties NONE = new WorkerDuties() {};

    /**
     * From now on it works for this job.
     *
     * @param jobId                of the job.
     * @param codeSearchPath       of its classes.
     * @param namespace            of its actors' names.
     * @param defaultActorLifetime of its actors.
     */
    default void assignJob(int jobId, List<String> codeSearchPath, String namespace, String defaultActorLifetime) {}

    /**
     * Become an actor.
     *
     * @param construction what is needed.
     */
    default void construct(ActorConstruction construction) {}

    /** End now, orderly. */
    default void exit() {}
}

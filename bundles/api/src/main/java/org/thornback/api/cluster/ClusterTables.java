// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.cluster;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.thornback.api.id.BinaryId;

/**
 * The jobs, actors, leases, workers and tasks of the cluster as this node's raylet knows them, and the ends an operator can bring
 * about. Registered once a task can run. Safe from any thread; stages complete on the raylet's conductor.
 */
@ProviderType
public interface ClusterTables {

    /**
     * The tables now.
     *
     * @return a copy.
     */
    CompletionStage<ClusterSnapshot> snapshot();

    /**
     * The tasks now: asks the processes that own them, for the raylet knows of leases only.
     *
     * @param most so many unfinished tasks of each owner are told one by one, and so many finished ones; all are counted.
     * @return what the owners said; those that do not answer within a second are left out.
     */
    CompletionStage<TaskTable> tasks(int most);

    /**
     * Ends an actor for good, as {@code ActorHandle.kill(true)} does.
     *
     * @param actor its id.
     * @return false when no such actor lives.
     */
    CompletionStage<Boolean> killActor(BinaryId actor);

    /**
     * Ends a worker process. Its tasks run again elsewhere if they may, and so does its actor.
     *
     * @param worker its id.
     * @return false when there is no such worker.
     */
    CompletionStage<Boolean> killWorker(BinaryId worker);

    /**
     * Asks the driver's process of a job to end (SIGTERM); the job's tasks, actors and objects go with it.
     *
     * @param jobId of the job.
     * @return false when it has no driver, or the driver is a part of this very process.
     */
    CompletionStage<Boolean> killJob(int jobId);
}

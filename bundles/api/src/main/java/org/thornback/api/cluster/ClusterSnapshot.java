// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.cluster;

import java.util.List;
import org.thornback.api.worker.WorkerInfo;

/**
 * What the raylet knows of what runs, at one moment.
 *
 * @param jobs    those that run, and the latest of those that have finished.
 * @param actors  all, and the latest of the dead.
 * @param leases  those granted and those that wait, oldest first.
 * @param workers worker processes.
 */
public record ClusterSnapshot(
        List<JobInfo> jobs, List<ActorInfo> actors, List<LeaseInfo> leases, List<WorkerInfo> workers) {

    /** Checks that nothing changes any more. */
    public ClusterSnapshot {
        jobs = List.copyOf(jobs);
        actors = List.copyOf(actors);
        leases = List.copyOf(leases);
        workers = List.copyOf(workers);
    }
}

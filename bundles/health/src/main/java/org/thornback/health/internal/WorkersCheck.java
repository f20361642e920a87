// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.health.internal;

import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.worker.WorkerInfo;
import org.thornback.api.worker.WorkerInfo.State;
import org.thornback.api.worker.WorkerPool;

/** Counts worker processes. Safe from any thread. */
@Component(
        property = {
            HealthCheck.NAME + "=workers",
            HealthCheck.TAGS + "=node",
            Meaning.PROPERTY + "=Worker processes run: a task need not wait for the start of one."
        })
public final class WorkersCheck implements HealthCheck {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile WorkerPool pool;

    /** Waits for somebody to ask. */
    @Activate
    public WorkersCheck() {}

    @Override
    public Result execute() {
        WorkerPool asked = pool;
        if (asked == null) {
            return Answers.critical("the worker pool of this node does not run (yet): no worker can be started.");
        }
        List<WorkerInfo> workers = asked.workers();
        String amount = count(workers, State.IDLE) + " workers are idle, " + count(workers, State.BUSY) + " busy, "
                + count(workers, State.STARTING) + " starting.";
        if (workers.isEmpty()) {
            return Answers.critical("no worker process runs or starts: raylet.out says why the last one ended.");
        }
        return new Result(
                count(workers, State.STARTING) == workers.size() ? Status.TEMPORARILY_UNAVAILABLE : Status.OK, amount);
    }

    private static long count(List<WorkerInfo> workers, State state) {
        return workers.stream().filter(worker -> worker.state() == state).count();
    }
}

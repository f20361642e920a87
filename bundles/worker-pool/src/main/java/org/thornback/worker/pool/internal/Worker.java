// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.worker.pool.internal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.thornback.api.id.BinaryId;
import org.thornback.api.worker.WorkerDemand;
import org.thornback.api.worker.WorkerInfo;

/** A worker process and what it does. Guarded by the pool's lock. */
final class Worker {
    private final BinaryId id;
    private final Process process;
    private final List<String> jvmOptions;
    private final Map<String, String> environment;
    private WorkerInfo.State state = WorkerInfo.State.STARTING;
    private int jobId;
    private boolean used;
    private boolean ending;
    private long idleSince;

    Worker(BinaryId id, Process process, List<String> jvmOptions, Map<String, String> environment) {
        this.id = requireNonNull(id, "id");
        this.process = requireNonNull(process, "process");
        this.jvmOptions = List.copyOf(jvmOptions);
        this.environment = Map.copyOf(environment);
    }

    BinaryId id() {
        return id;
    }

    Process process() {
        return process;
    }

    int jobId() {
        return jobId;
    }

    boolean isIdle() {
        return state == WorkerInfo.State.IDLE;
    }

    boolean isStarting() {
        return state == WorkerInfo.State.STARTING;
    }

    boolean isUsed() {
        return used;
    }

    /** Nobody's: no job, nothing of its own. */
    boolean isWarm() {
        return isPlain() && !used && state != WorkerInfo.State.BUSY;
    }

    /** Started for somebody who took the demand back. */
    boolean isLeftOver() {
        return !isPlain() && !used && isIdle();
    }

    /** Whether it can be lent for a demand: its JVM is as wanted, and it has seen no other job, nor any for an actor. */
    boolean suits(WorkerDemand demand) {
        return isIdle() && isLike(demand) && (!used || !demand.fresh() && jobId == demand.jobId());
    }

    /** Whether its JVM is as wanted, and lives. */
    boolean isLike(WorkerDemand demand) {
        return !ending && jvmOptions.equals(demand.jvmOptions()) && environment.equals(demand.environment());
    }

    void lend(int job) {
        state = WorkerInfo.State.BUSY;
        jobId = job;
        used = true;
    }

    void idle(long now) {
        state = WorkerInfo.State.IDLE;
        idleSince = now;
    }

    long idleNanos(long now) {
        return now - idleSince;
    }

    /** At once, and without asking it. */
    void end() {
        ending = true;
        process.destroyForcibly();
    }

    /** The pool wanted its end. */
    boolean isEnding() {
        return ending;
    }

    WorkerInfo info() {
        return new WorkerInfo(id, process.pid(), jobId, state);
    }

    private boolean isPlain() {
        return jvmOptions.isEmpty() && environment.isEmpty();
    }
}

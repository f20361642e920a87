// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.worker.pool.internal;

import org.thornback.api.id.BinaryId;
import org.thornback.api.worker.WorkerInfo;

/** A worker process and what it does. Guarded by the pool's lock. */
final class Worker {
    private final BinaryId id;
    private final Process process;
    private final boolean plain;
    private WorkerInfo.State state = WorkerInfo.State.STARTING;
    private int jobId;
    private boolean used;
    private long idleSince;

    Worker(BinaryId id, Process process, boolean plain) {
        this.id = id;
        this.process = process;
        this.plain = plain;
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

    /** Nobody's: no job, nothing of its own. */
    boolean isWarm() {
        return plain && !used && state != WorkerInfo.State.BUSY;
    }

    /** Whether it may serve a job's plain tasks again. */
    boolean servesAgain(int job) {
        return plain && used && jobId == job && isIdle();
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

    WorkerInfo info() {
        return new WorkerInfo(id, process.pid(), jobId, state);
    }
}

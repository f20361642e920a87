// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.owner;

import org.thornback.ray.runtime.internal.raylet.LeaseGrant;

/** A worker this owner may use for one scheduling class, and how busy it is. Guarded by the owner's lock. */
final class Lease {
    /** Work that may wait on a worker: enough to hide the way there and back, little enough to be recalled quickly. */
    static final long PIPELINE_NANOS = 1_000_000;

    private static final int MAX_IN_FLIGHT = 1_000;
    private static final long LONG_NANOS = 5_000_000;
    private static final long SPARE_NANOS = 50_000_000;

    private final LeaseGrant grant;
    private final SchedulingClass schedulingClass;
    private WorkerLink link;
    private long queuedNanos;
    private long lastProgress;
    private boolean recalled;

    Lease(LeaseGrant grant, SchedulingClass schedulingClass, long now) {
        this.grant = grant;
        this.schedulingClass = schedulingClass;
        this.lastProgress = now;
    }

    void attach(WorkerLink connected) {
        link = connected;
    }

    LeaseGrant grant() {
        return grant;
    }

    SchedulingClass schedulingClass() {
        return schedulingClass;
    }

    WorkerLink link() {
        return link;
    }

    boolean isIdle() {
        return link.inFlight() == 0;
    }

    /** Room for a call: always on an idle worker, else as long as what waits there is known to be short. */
    boolean hasRoomFor(Call call) {
        if (link.inFlight() == 0) {
            return true;
        }
        long expected = call.function().serviceNanos();
        return !recalled
                && expected >= 0
                && queuedNanos + expected <= PIPELINE_NANOS
                && link.inFlight() < MAX_IN_FLIGHT;
    }

    long queuedNanos() {
        return queuedNanos;
    }

    void push(Call call, long now) {
        if (link.inFlight() == 0) {
            lastProgress = now;
        }
        link.push(call);
        queuedNanos += call.expectedNanos();
    }

    void progressed(Call call, long now) {
        queuedNanos -= call.expectedNanos();
        lastProgress = now;
        recalled = false;
    }

    /** A recalled call came back: no progress, so there is still no room behind the one that runs. */
    void cameBack(Call call) {
        queuedNanos -= call.expectedNanos();
    }

    /** It has work, and has not answered for as long as nothing else should wait behind it. */
    boolean isBusyForLong(long now) {
        return !isIdle() && now - lastProgress > LONG_NANOS;
    }

    /** It had no work for as long as the next task may need to come. */
    boolean isSpare(long now) {
        return isIdle() && now - lastProgress > SPARE_NANOS;
    }

    boolean isRecalled() {
        return recalled;
    }

    void recall() {
        recalled = true;
        link.recall();
    }
}

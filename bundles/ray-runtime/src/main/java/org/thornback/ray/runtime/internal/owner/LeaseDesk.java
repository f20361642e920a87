// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.owner;

import org.thornback.ray.runtime.internal.raylet.LeaseGrant;
import org.thornback.ray.runtime.internal.raylet.RayletMessages;

/** Where leases come from and go to, and how workers are reached. Called under the owner's lock, by any thread. */
public interface LeaseDesk {

    /**
     * Sends to the raylet.
     *
     * @return messages without an answer.
     */
    RayletMessages raylet();

    /**
     * Numbers a request.
     *
     * @return unique in this process.
     */
    long nextRequestId();

    /**
     * Connects to a leased worker.
     *
     * @param grant the lease.
     * @param side  hears of answers.
     * @return the connection.
     */
    WorkerLink connect(LeaseGrant grant, WorkerLink.Side side);

    /**
     * Which calls of this process a worker has started, dead or alive.
     *
     * @param link to the worker.
     * @return the last of them.
     */
    StartedCall lastStarted(WorkerLink link);

    /** Work by time begins: ticks are needed. */
    void expectTick();
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.thornback.api.scheduling.LeaseRequest;

/**
 * A request of an owner or actor and, once granted, the worker it is for. Owned by the conductor.
 */
final class Lease {
    private final LeaseRequest request;
    private final Client owner;
    private final long clientRequestId;
    private final List<String> jvmOptions;
    private WorkerSeat worker;
    private boolean blocked;

    Lease(LeaseRequest request, Client owner, long clientRequestId, List<String> jvmOptions) {
        this.request = requireNonNull(request, "request");
        this.owner = owner;
        this.clientRequestId = clientRequestId;
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    long id() {
        return request.id();
    }

    LeaseRequest request() {
        return request;
    }

    /** Null for an actor's lease, which the raylet itself holds. */
    Client owner() {
        return owner;
    }

    long clientRequestId() {
        return clientRequestId;
    }

    /** What its worker's JVM needs beyond the job's options. */
    List<String> jvmOptions() {
        return jvmOptions;
    }

    WorkerSeat worker() {
        return worker;
    }

    void worker(WorkerSeat seat) {
        worker = seat;
    }

    boolean isBlocked() {
        return blocked;
    }

    void blocked(boolean waits) {
        blocked = waits;
    }
}

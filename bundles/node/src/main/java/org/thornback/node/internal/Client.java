// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.Set;
import org.thornback.api.id.BinaryId;

/** A driver or worker connected to this raylet. Owned by the conductor. */
final class Client {
    private final BinaryId id;
    private final int pid;
    private final ClientMessages messages;
    private final boolean worker;
    private final Set<Long> requests = new HashSet<>();
    private final Set<Long> leases = new HashSet<>();
    private final Set<BinaryId> subscriptions = new HashSet<>();
    private int jobId;

    Client(BinaryId id, int pid, boolean worker, ClientMessages messages) {
        this.id = requireNonNull(id, "id");
        this.pid = pid;
        this.worker = worker;
        this.messages = requireNonNull(messages, "messages");
    }

    BinaryId id() {
        return id;
    }

    int pid() {
        return pid;
    }

    boolean isWorker() {
        return worker;
    }

    ClientMessages messages() {
        return messages;
    }

    int jobId() {
        return jobId;
    }

    void jobId(int job) {
        jobId = job;
    }

    /** Lease requests of this client that wait. */
    Set<Long> requests() {
        return requests;
    }

    /** Leases this client holds as an owner. */
    Set<Long> leases() {
        return leases;
    }

    /** Actors it wants to hear of. */
    Set<BinaryId> subscriptions() {
        return subscriptions;
    }
}

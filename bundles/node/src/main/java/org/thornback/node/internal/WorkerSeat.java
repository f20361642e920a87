// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.thornback.api.id.BinaryId;

/** A worker as the raylet knows it: its connection and the leases on it. Owned by the conductor. */
final class WorkerSeat {
    private final Client client;
    private final List<Lease> leases = new ArrayList<>();
    private String socket = "";
    private BinaryId actor;
    private int blockedTasks;
    private boolean lost;

    WorkerSeat(Client client) {
        this.client = requireNonNull(client, "client");
    }

    Client client() {
        return client;
    }

    String socket() {
        return socket;
    }

    void socket(String listening) {
        socket = listening;
    }

    List<Lease> leases() {
        return leases;
    }

    BinaryId actor() {
        return actor;
    }

    void actor(BinaryId actorId) {
        actor = actorId;
    }

    int blockedTasks() {
        return blockedTasks;
    }

    void blockedTasks(int count) {
        blockedTasks = count;
    }

    /** An owner lost it in the middle of its work, so it has died or will. */
    void lost() {
        lost = true;
    }

    /** Whether something is under way on it, or was until an owner lost it. */
    boolean isAtWork() {
        return lost || !leases.isEmpty();
    }

    /** A worker of tasks all of whose tasks wait can run another one in the same process. */
    boolean canTakeMore() {
        return actor == null && !lost && !leases.isEmpty() && blockedTasks >= leases.size();
    }
}

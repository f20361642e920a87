// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.thornback.api.id.BinaryId;

/** An actor: its order, its state, where it lives, who uses it. Owned by the conductor. */
final class Actor {
    private static final byte[] NO_FAILURE = {};

    /** States of Ray's that a user can see. */
    enum State {
        PENDING,
        ALIVE,
        RESTARTING,
        DEAD
    }

    private final BinaryId id;
    private final ActorOrder order;
    private final Set<Client> subscribers = new HashSet<>();
    private final Map<BinaryId, Integer> handles = new HashMap<>();
    private State state = State.PENDING;
    private int restarts;
    private Lease lease;
    private WorkerSeat worker;
    private boolean ending;
    private boolean everHeld;
    private String cause = "";
    private byte[] failure = NO_FAILURE;

    Actor(BinaryId id, ActorOrder order) {
        this.id = requireNonNull(id, "id");
        this.order = requireNonNull(order, "order");
    }

    BinaryId id() {
        return id;
    }

    ActorOrder order() {
        return order;
    }

    Set<Client> subscribers() {
        return subscribers;
    }

    State state() {
        return state;
    }

    int restarts() {
        return restarts;
    }

    Lease lease() {
        return lease;
    }

    void lease(Lease requested) {
        lease = requested;
    }

    WorkerSeat worker() {
        return worker;
    }

    void worker(WorkerSeat seat) {
        worker = seat;
    }

    String socket() {
        return worker == null ? "" : worker.socket();
    }

    String cause() {
        return cause;
    }

    byte[] failure() {
        return failure;
    }

    /** It will not be constructed again when its worker ends. */
    boolean isEnding() {
        return ending;
    }

    void end(String why) {
        ending = true;
        cause = why;
    }

    void alive() {
        state = State.ALIVE;
    }

    void restarting(String why) {
        state = State.RESTARTING;
        restarts++;
        cause = why;
        worker = null;
    }

    boolean mayRestart() {
        return !ending && (order.maxRestarts() < 0 || restarts < order.maxRestarts());
    }

    void dead(String why, byte[] thrown) {
        state = State.DEAD;
        cause = why;
        failure = thrown;
        worker = null;
    }

    void dead(String why) {
        dead(why, NO_FAILURE);
    }

    boolean isDead() {
        return state == State.DEAD;
    }

    /** Counts handles; an actor nobody ever held is still on its way to its creator. */
    void held(BinaryId holder, int delta) {
        everHeld |= delta > 0;
        if (handles.merge(holder, delta, Integer::sum) == 0) {
            handles.remove(holder);
        }
    }

    void dropHolder(BinaryId holder) {
        handles.remove(holder);
    }

    boolean isAbandoned() {
        return everHeld
                && handles.isEmpty()
                && !order.detached()
                && order.name().isEmpty();
    }
}

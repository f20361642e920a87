// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.id.BinaryId;
import org.thornback.api.worker.WorkerPool;

/**
 * The actors of the cluster: created, named, constructed again, ended; and who wants to hear of them.
 *
 * <p>Owned by the conductor.
 */
final class ActorDirectory {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final int KEPT_DEAD = 10_000;

    private final LeaseTable leases;
    private final WorkerPool pool;
    private final ControlRecords records;
    private final Predicate<BinaryId> present;
    private final Map<BinaryId, Actor> actors = new LinkedHashMap<>();
    private final Map<Name, Actor> named = new HashMap<>();
    private final Map<Long, Actor> byLease = new HashMap<>();
    private final Set<Actor> abandoned = new HashSet<>();
    private final Deque<BinaryId> dead = new ArrayDeque<>();
    private Consumer<Actor> onDead = actor -> {};

    private record Name(String namespace, String name) {}

    /**
     * Begins empty.
     *
     * @param leases  of this node.
     * @param pool    ends workers.
     * @param records keeps what is durable.
     * @param present knows the clients that may have handles.
     */
    ActorDirectory(LeaseTable leases, WorkerPool pool, ControlRecords records, Predicate<BinaryId> present) {
        this.leases = requireNonNull(leases, "leases");
        this.pool = requireNonNull(pool, "pool");
        this.records = requireNonNull(records, "records");
        this.present = requireNonNull(present, "present");
    }

    /** Called when an actor has died for good. */
    void whenDead(Consumer<Actor> action) {
        onDead = requireNonNull(action, "action");
    }

    /** Takes an order on, or says in one sentence why not. */
    String create(BinaryId id, ActorOrder order) {
        Name name = new Name(order.namespace(), order.name());
        if (!order.name().isEmpty() && named.containsKey(name)) {
            return "Actor of name " + order.name() + " exists";
        }
        Actor actor = new Actor(id, order);
        actors.put(id, actor);
        if (!order.name().isEmpty()) {
            named.put(name, actor);
        }
        records.actorChanged(actor);
        requestWorker(actor);
        return "";
    }

    Actor find(BinaryId id) {
        return actors.get(id);
    }

    Actor find(String name, String namespace) {
        return named.get(new Name(namespace, name));
    }

    Collection<Actor> all() {
        return actors.values();
    }

    /** Whether anything of a job still lives. */
    boolean anyAlive(int jobId) {
        return actors.values().stream().anyMatch(actor -> actor.order().jobId() == jobId && !actor.isDead());
    }

    /** Whether the end of a worker that became this actor is what was wanted. */
    boolean isEnding(BinaryId id) {
        if (id == null) {
            return false; // a worker of tasks
        }
        Actor actor = actors.get(id);
        return actor == null || actor.isDead() || actor.isEnding();
    }

    int alive() {
        return (int) actors.values().stream().filter(actor -> !actor.isDead()).count();
    }

    void subscribe(BinaryId id, Client client) {
        Actor actor = actors.get(id);
        if (actor == null) {
            client.messages().actorUpdate(forgotten(id));
            return;
        }
        actor.subscribers().add(client);
        client.subscriptions().add(id);
        client.messages().actorUpdate(actor);
    }

    /** A lease of an actor has its worker; false for a lease of tasks. */
    boolean seated(Lease lease) {
        Actor actor = byLease.get(lease.id());
        if (actor == null) {
            return false;
        }
        WorkerSeat seat = lease.worker();
        actor.worker(seat);
        seat.actor(actor.id());
        seat.client().messages().construct(actor, List.of());
        return true;
    }

    void constructed(BinaryId id, boolean succeeded, String cause, byte[] failure) {
        Actor actor = actors.get(id);
        if (actor == null || actor.isDead() || actor.worker() == null) {
            return;
        }
        if (succeeded) {
            actor.alive();
            LOG.info("actor {} {} is alive in pid={}", id, actor.order().className(), pid(actor));
            announce(actor);
        } else {
            WorkerSeat seat = actor.worker();
            die(actor, "its constructor failed: " + cause, failure);
            pool.kill(seat.client().id());
        }
    }

    void kill(BinaryId id, boolean noRestart) {
        Actor actor = actors.get(id);
        if (actor == null || actor.isDead()) {
            return;
        }
        if (noRestart) {
            end(actor, "it was killed");
        } else if (actor.worker() != null) {
            pool.kill(actor.worker().client().id());
        }
    }

    /** Its worker is about to end because the actor asked to. */
    void exiting(BinaryId id) {
        Actor actor = actors.get(id);
        if (actor != null) {
            actor.end("it exited by Ray.exitActor()");
        }
    }

    void handles(BinaryId id, BinaryId holder, int delta) {
        Actor actor = actors.get(id);
        if (actor != null && !actor.isDead()) {
            actor.held(holder, delta);
            if (!present.test(holder)) {
                actor.dropHolder(holder); // somebody counted for a process that has gone meanwhile
            }
            if (actor.isAbandoned()) {
                abandoned.add(actor);
            }
        }
    }

    /** A client is gone, with its handles and subscriptions. */
    void clientGone(Client client) {
        for (BinaryId id : client.subscriptions()) {
            Actor actor = actors.get(id);
            if (actor != null) {
                actor.subscribers().remove(client);
            }
        }
        for (Actor actor : actors.values()) {
            actor.dropHolder(client.id());
            if (!actor.isDead() && actor.isAbandoned()) {
                abandoned.add(actor);
            }
        }
    }

    /** The round is over: actors that nobody has a handle of any more end. */
    void endRound() {
        if (abandoned.isEmpty()) {
            return;
        }
        for (Actor actor : List.copyOf(abandoned)) {
            if (!actor.isDead() && actor.isAbandoned()) {
                end(actor, "its last handle is gone");
            }
        }
        abandoned.clear();
    }

    void jobEnded(int jobId) {
        for (Actor actor : new ArrayList<>(actors.values())) {
            if (actor.order().jobId() == jobId && !actor.order().detached() && !actor.isDead()) {
                end(actor, "its job ended");
            }
        }
    }

    /** The worker of an actor is gone: it is constructed again, or dead. */
    void workerEnded(BinaryId id, long pid, int status) {
        Actor actor = actors.get(id);
        if (actor == null || actor.isDead()) {
            return;
        }
        byLease.remove(actor.lease().id());
        String why = actor.isEnding()
                ? actor.cause()
                : "its worker pid=" + pid + " ended with " + WorkerEnd.describe(status);
        if (actor.mayRestart()) {
            actor.restarting(why);
            LOG.warn("actor {} {} is constructed again: {}", id, actor.order().className(), why);
            announce(actor);
            requestWorker(actor);
        } else {
            die(actor, why, new byte[0]);
        }
    }

    /** No worker could be had. */
    void failed(long leaseId, String reason) {
        Actor actor = byLease.get(leaseId);
        if (actor != null) {
            die(actor, reason, new byte[0]);
        }
    }

    private void requestWorker(Actor actor) {
        Lease lease = leases.requestForActor(actor.order());
        actor.lease(lease);
        byLease.put(lease.id(), actor);
    }

    private void end(Actor actor, String why) {
        WorkerSeat seat = actor.worker();
        actor.end(why);
        die(actor, why, new byte[0]);
        if (seat != null) {
            pool.kill(seat.client().id());
        }
    }

    private void die(Actor actor, String why, byte[] failure) {
        LOG.info("actor {} {} is dead: {}", actor.id(), actor.order().className(), why);
        byLease.remove(actor.lease().id());
        if (actor.worker() == null) {
            leases.end(actor.lease().id());
        }
        actor.dead(why, failure);
        if (!actor.order().name().isEmpty()) {
            named.remove(new Name(actor.order().namespace(), actor.order().name()));
        }
        announce(actor);
        actor.subscribers().clear();
        dead.add(actor.id());
        while (dead.size() > KEPT_DEAD) {
            actors.remove(dead.poll());
        }
        onDead.accept(actor);
    }

    private void announce(Actor actor) {
        records.actorChanged(actor);
        for (Client subscriber : actor.subscribers()) {
            subscriber.messages().actorUpdate(actor);
        }
    }

    /** Who has a handle got it from somebody who created the actor: one that is unknown now died long ago. */
    private static Actor forgotten(BinaryId id) {
        Actor actor = new Actor(id, ActorOrder.FORGOTTEN);
        actor.dead("it died long ago");
        return actor;
    }

    private static int pid(Actor actor) {
        return actor.worker().client().pid();
    }
}

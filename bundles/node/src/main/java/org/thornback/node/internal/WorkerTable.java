// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.thornback.api.id.BinaryId;
import org.thornback.api.worker.WorkerPool;
import org.thornback.layout.WorkerFiles;

/** The workers that are connected, and what those leave that were. Owned by the conductor. */
final class WorkerTable {
    private final WorkerPool pool;
    private final Path rayletSocket;
    private final Map<BinaryId, WorkerSeat> seats = new HashMap<>();
    private final WorkerTraces traces = new WorkerTraces();

    /**
     * @param rayletSocket their own sockets are beside it.
     */
    WorkerTable(WorkerPool pool, Path rayletSocket) {
        this.rayletSocket = requireNonNull(rayletSocket, "rayletSocket");
        this.pool = requireNonNull(pool, "pool");
    }

    /** A worker says hello; false when its process has ended already, or is none of the pool's. */
    boolean join(Client client) {
        if (pool.workers().stream().noneMatch(worker -> worker.id().equals(client.id()))) {
            return false;
        }
        seats.put(client.id(), new WorkerSeat(client));
        return true;
    }

    /** A worker takes calls now; false when the pool does not want it any more. */
    boolean listens(BinaryId id, String socket) {
        seats.get(id).socket(socket);
        return pool.registered(id);
    }

    /** Null for one that is not there. */
    WorkerSeat find(BinaryId id) {
        return seats.get(id);
    }

    /** The process of a worker; 0 when it is not there. */
    long pid(BinaryId id) {
        WorkerSeat seat = seats.get(id);
        return seat == null ? 0 : seat.client().pid();
    }

    /** A worker of a job all of whose tasks wait. */
    Optional<WorkerSeat> waiting(int jobId) {
        return seats.values().stream()
                .filter(seat -> seat.client().jobId() == jobId && seat.canTakeMore())
                .findFirst();
    }

    /** A lease on it is over: it can be lent again if that was the last. */
    void giveBack(WorkerSeat seat) {
        if (isFree(seat)) {
            pool.giveBack(seat.client().id());
        }
    }

    /** A lease on it is over, and what ran for it may run on: it ends if that was the last. */
    void endFree(WorkerSeat seat) {
        if (isFree(seat)) {
            pool.kill(seat.client().id());
        }
    }

    /** Nobody has a lease on it any more. A dead one, or one that became an actor, is not lent again. */
    private boolean isFree(WorkerSeat seat) {
        return seat.leases().isEmpty()
                && seat.actor() == null
                && seats.containsKey(seat.client().id());
    }

    /** A worker's process ended; null when it had no seat. */
    WorkerSeat end(BinaryId id, long nowNanos) {
        WorkerSeat seat = seats.remove(id);
        if (seat != null) {
            // By name: it may have listened and been killed before it could say so.
            traces.ended(WorkerFiles.socket(rayletSocket, id.hex()), nowNanos);
        }
        return seat;
    }

    /** Ends the workers of a job, except those in which actors live on. */
    void kill(int jobId, ActorDirectory actors) {
        for (WorkerSeat seat : seats.values()) {
            Actor actor = seat.actor() == null ? null : actors.find(seat.actor());
            boolean livesOn = actor != null && !actor.isDead();
            if (seat.client().jobId() == jobId && !livesOn) {
                pool.kill(seat.client().id());
            }
        }
    }

    /** When to sweep although nothing happens: nanoseconds from now, {@link Long#MAX_VALUE} for not at all. */
    long nextSweepNanos(long nowNanos) {
        return traces.nextSweepNanos(nowNanos);
    }

    /** Removes what dead workers left, once nobody needs it. */
    void sweep(long nowNanos) {
        traces.sweep(nowNanos);
    }
}

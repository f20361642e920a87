// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.cluster.NodeDescription;
import org.thornback.api.cluster.NodeStatus;
import org.thornback.api.cluster.TaskTable;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.LeaseRequest;
import org.thornback.api.scheduling.LeaseScheduler;
import org.thornback.api.store.ObjectStore;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.worker.WorkerPool;
import org.thornback.layout.PlasmaIds;
import org.thornback.layout.message.TaskReportDecoder;

/**
 * The raylet's state: clients, jobs, workers, leases, actors and references of this node.
 *
 * <p>Owned by the conductor: every method is called on its thread.
 */
final class Raylet implements ReferenceTable.Listener {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final Logger MONITOR = LoggerFactory.getLogger("ray.monitor");
    private static final String HOLDER = "references";

    private final NodeFacts node;
    private final NodeReport report;
    private final LeaseScheduler scheduler;
    private final WorkerPool pool;
    private final ObjectStore store;
    private final ControlRecords records;
    private final Map<BinaryId, Client> clients = new HashMap<>();
    private final JobTable jobs = new JobTable();
    private final WorkerTable workers;
    private final ReferenceTable references = new ReferenceTable(this, clients::containsKey);
    private final LeaseTable leases;
    private final ActorDirectory actors;
    private final RayletTables tables;
    private final TaskCensus census = new TaskCensus();
    private Runnable onFirstWorker = () -> {};

    /** What the raylet works with. */
    record Parts(
            NodeFacts node,
            NodeDescription description,
            LeaseScheduler scheduler,
            WorkerPool pool,
            ObjectStore store,
            ControlRecords records) {}

    Raylet(Parts parts) {
        node = requireNonNull(parts.node(), "node");
        scheduler = requireNonNull(parts.scheduler(), "scheduler");
        pool = requireNonNull(parts.pool(), "pool");
        store = requireNonNull(parts.store(), "store");
        records = requireNonNull(parts.records(), "records");
        report = new NodeReport(parts.description(), scheduler);
        workers = new WorkerTable(pool, Path.of(node.rayletSocket()));
        leases = new LeaseTable(scheduler, pool, jobs, workers, new Sleepers(Sleepers::cpuNanosOf, node.cpus()));
        actors = new ActorDirectory(leases, pool, records, clients::containsKey);
        tables = new RayletTables(jobs, actors, leases, pool, scheduler, this::tasks);
        leases.whenReady(this::seated);
        actors.whenDead(this::actorDead);
    }

    /** Runs once, when the first worker takes calls: a task can run now. */
    void whenFirstWorker(Runnable action) {
        onFirstWorker = requireNonNull(action, "action");
    }

    /** The node has this from now on; leases beyond it finish, and none is granted until enough came back. */
    void offers(Map<String, Long> total) {
        scheduler.total(node.nodeId(), total);
    }

    NodeFacts node() {
        return node;
    }

    LeaseTable leases() {
        return leases;
    }

    ActorDirectory actors() {
        return actors;
    }

    RayletTables tables() {
        return tables;
    }

    ReferenceTable references() {
        return references;
    }

    /** A driver is taken in with its job. */
    void driverJoined(Client client, Job job) {
        client.jobId(job.id());
        clients.put(client.id(), client);
        jobs.begin(job);
        records.jobChanged(job, true);
        LOG.info("job {} began: driver pid={}, {}", job.id(), client.pid(), job.entrypoint());
        client.messages().welcome(node, job.id(), job.namespace());
    }

    /** A worker says hello; false when its process has ended already, or is none of this node's. */
    boolean workerJoined(Client client) {
        if (!workers.join(client)) {
            return false;
        }
        clients.put(client.id(), client);
        client.messages().welcome(node, 0, "");
        return true;
    }

    /** A worker takes calls now. */
    void workerListens(Client client, String socket) {
        if (!workers.listens(client.id(), socket)) {
            client.messages().exit();
            return;
        }
        onFirstWorker.run();
        onFirstWorker = () -> {};
    }

    void blocked(Client client, int tasks) {
        WorkerSeat seat = workers.find(client.id());
        if (seat != null) {
            leases.blocked(seat, tasks);
        }
    }

    void requestLease(Client client, long requestId, Map<String, Long> resources, String function) {
        Lease lease = leases.requestForTasks(client, requestId, resources, function);
        client.requests().add(lease.id());
    }

    void cancelRequest(Client client, long requestId) {
        for (long id : Set.copyOf(client.requests())) {
            Lease lease = leases.find(id);
            if (lease == null || lease.clientRequestId() == requestId) {
                client.requests().remove(id);
                leases.end(id);
            }
        }
    }

    void returnLease(Client client, long leaseId, boolean workerFailed) {
        if (!client.leases().remove(leaseId)) {
            return;
        }
        if (workerFailed) {
            leases.endWithWorker(leaseId);
        } else {
            leases.end(leaseId);
        }
    }

    private CompletionStage<TaskTable> tasks(int most) {
        return census.ask(clients.values(), most, System.nanoTime());
    }

    /** A client says which tasks it owns. */
    void tasksTold(Client client, TaskReportDecoder report) {
        census.told(client, TaskPart.read(report, workers::pid));
    }

    /** A connection ended. */
    void clientGone(Client client) {
        WorkerSeat seat = workers.find(client.id());
        gone(client, seat != null && seat.isAtWork());
    }

    private void gone(Client client, boolean atWork) {
        if (clients.remove(client.id()) == null) {
            return;
        }
        for (long id : Set.copyOf(client.requests())) {
            leases.end(id);
        }
        for (long id : Set.copyOf(client.leases())) {
            if (atWork) {
                leases.abandon(id);
            } else {
                leases.end(id);
            }
        }
        census.gone(client);
        references.drop(client.id());
        actors.clientGone(client);
        if (client.isWorker()) {
            pool.kill(client.id()); // a worker that cannot be reached is of no use
        } else {
            endJob(jobs.running(client.jobId()));
        }
    }

    /** A worker's process ended. */
    void workerEnded(BinaryId id, long pid, int status) {
        WorkerSeat seat = workers.end(id, System.nanoTime());
        if (seat == null) {
            return;
        }
        boolean expected =
                jobs.running(seat.client().jobId()) == null || !seat.isAtWork() || actors.isEnding(seat.actor());
        if (expected) {
            LOG.info("worker pid={} ended with {}", pid, WorkerEnd.describe(status));
        } else {
            LOG.warn("worker pid={} ended with {} while it was leased", pid, WorkerEnd.describe(status));
        }
        gone(seat.client(), seat.isAtWork());
        for (Lease lease : leases.workerEnded(seat)) {
            if (lease.owner() != null) {
                lease.owner().leases().remove(lease.id());
            }
        }
        if (seat.actor() != null) {
            actors.workerEnded(seat.actor(), pid, status);
        }
    }

    /** The pool could not start a worker for a lease. */
    void workerFailed(long leaseId, String reason) {
        Lease lease = leases.find(leaseId);
        LOG.error("no worker for lease {}: {}", leaseId, reason);
        if (lease != null && lease.owner() != null) {
            lease.owner().requests().remove(leaseId);
            lease.owner().messages().leaseRefused(lease.clientRequestId(), reason);
        }
        actors.failed(leaseId, reason);
        leases.end(leaseId);
    }

    /** All messages that were there are read: decide. */
    void endRound() {
        references.endRound();
        actors.endRound();
        leases.grant();
        for (LeaseRequest request : scheduler.newlyInfeasible()) {
            reportInfeasible(request);
        }
        census.endRound(System.nanoTime());
        workers.sweep(System.nanoTime());
    }

    long nextRoundNanos() {
        long now = System.nanoTime();
        return Math.min(Math.min(leases.nextGrantNanos(now), workers.nextSweepNanos(now)), census.nextEndNanos(now));
    }

    /** What a worker printed goes to the driver of its job. */
    void printed(BinaryId workerId, boolean errorStream, String lines) {
        WorkerSeat seat = workers.find(workerId);
        Job job = seat == null ? null : jobs.running(seat.client().jobId());
        if (job != null) {
            job.driver().messages().logLines(seat.client().pid(), errorStream, node.nodeIp(), lines);
        }
    }

    /** The store is short of room: references that only a garbage collector can find keep objects in it. */
    void shortOfRoom() {
        clients.values().forEach(client -> client.messages().collectGarbage());
    }

    List<NodeFacts.Amount> amounts() {
        return report.amounts();
    }

    NodeStatus status() {
        return report.status(jobs.running(), pool.workers().size(), actors.alive());
    }

    @Override
    public void firstHeld(BinaryId object) {
        store.hold(List.of(PlasmaIds.ofRay(object.bytes())), HOLDER);
    }

    @Override
    public void givenUp(List<BinaryId> objects) {
        List<PlasmaId> ids =
                objects.stream().map(id -> PlasmaIds.ofRay(id.bytes())).toList();
        store.delete(ids);
    }

    private void seated(Lease lease) {
        if (actors.seated(lease)) {
            return;
        }
        Client owner = lease.owner();
        owner.requests().remove(lease.id());
        owner.leases().add(lease.id());
        owner.messages().granted(lease.clientRequestId(), lease.id(), lease.worker());
    }

    private void endJob(Job job) {
        if (job == null) {
            return;
        }
        int id = job.id();
        actors.jobEnded(id);
        boolean outlived = actors.anyAlive(id);
        jobs.end(id, outlived);
        workers.kill(id, actors);
        if (!outlived) {
            store.deleteJob(id);
        }
        records.jobChanged(job, false);
        LOG.info("job {} ended", id);
    }

    /** The last detached actor of a job that ended takes with it what the job left. */
    private void actorDead(Actor actor) {
        int id = actor.order().jobId();
        if (jobs.isOutlived(id) && !actors.anyAlive(id)) {
            jobs.forget(id);
            workers.kill(id, actors);
            store.deleteJob(id);
        }
    }

    private void reportInfeasible(LeaseRequest request) {
        String sentence = report.infeasible(request);
        Job job = jobs.running(request.jobId());
        MONITOR.warn(sentence);
        if (job != null) {
            job.driver().messages().notice(sentence);
        }
    }
}

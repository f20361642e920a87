// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.cluster.ActorInfo;
import org.thornback.api.cluster.ClusterSnapshot;
import org.thornback.api.cluster.LeaseInfo;
import org.thornback.api.cluster.TaskTable;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.LeaseScheduler;
import org.thornback.api.scheduling.Shortage;
import org.thornback.api.worker.WorkerInfo;
import org.thornback.api.worker.WorkerPool;

/** Copies the raylet's tables for those who look at them, and ends what an operator wants ended. Used by the conductor. */
final class RayletTables {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");

    private final JobTable jobs;
    private final ActorDirectory actors;
    private final LeaseTable leases;
    private final WorkerPool pool;
    private final LeaseScheduler scheduler;
    private final IntFunction<CompletionStage<TaskTable>> tasks;

    RayletTables(
            JobTable jobs,
            ActorDirectory actors,
            LeaseTable leases,
            WorkerPool pool,
            LeaseScheduler scheduler,
            IntFunction<CompletionStage<TaskTable>> tasks) {
        this.jobs = requireNonNull(jobs, "jobs");
        this.actors = requireNonNull(actors, "actors");
        this.leases = requireNonNull(leases, "leases");
        this.pool = requireNonNull(pool, "pool");
        this.scheduler = requireNonNull(scheduler, "scheduler");
        this.tasks = requireNonNull(tasks, "tasks");
    }

    ClusterSnapshot snapshot() {
        Map<Long, Shortage> shortages = scheduler.shortages();
        return new ClusterSnapshot(
                jobs.infos(),
                actors.all().stream().map(RayletTables::info).toList(),
                Stream.concat(
                                leases.granted().stream().map(RayletTables::granted),
                                leases.waiting().stream().map(lease -> waiting(lease, shortages)))
                        .sorted(Comparator.comparingLong(
                                lease -> lease.request().id()))
                        .toList(),
                pool.workers());
    }

    CompletionStage<TaskTable> tasks(int most) {
        return tasks.apply(most);
    }

    /** False when no such actor lives. */
    boolean killActor(BinaryId id) {
        Actor actor = actors.find(id);
        if (actor == null || actor.isDead()) {
            return false;
        }
        LOG.info("actor {} {} is killed by its operator", id, actor.order().className());
        actors.kill(id, true);
        return true;
    }

    /** False when there is no such worker. */
    boolean killWorker(BinaryId id) {
        Optional<WorkerInfo> worker =
                pool.workers().stream().filter(one -> one.id().equals(id)).findFirst();
        worker.ifPresent(killed -> {
            LOG.info("worker pid={} is killed by its operator", killed.pid());
            pool.kill(id);
        });
        return worker.isPresent();
    }

    /** False when there is no driver that could be ended alone. */
    boolean killJob(int id) {
        Job job = jobs.running(id);
        if (job == null || job.driver().pid() == ProcessHandle.current().pid()) {
            return false;
        }
        LOG.info(
                "job {} is killed by its operator: driver pid={}",
                id,
                job.driver().pid());
        return ProcessHandle.of(job.driver().pid()).map(ProcessHandle::destroy).orElse(false);
    }

    private static ActorInfo info(Actor actor) {
        ActorOrder order = actor.order();
        return new ActorInfo(
                actor.id(),
                order.jobId(),
                order.className(),
                order.name(),
                order.namespace(),
                order.detached(),
                ActorInfo.State.valueOf(actor.state().name()),
                actor.restarts(),
                order.resources(),
                actor.lease().id(),
                Optional.ofNullable(actor.worker()).map(seat -> seat.client().id()),
                actor.worker() == null ? 0 : actor.worker().client().pid(),
                actor.cause());
    }

    private static LeaseInfo granted(Lease lease) {
        WorkerSeat seat = lease.worker();
        LeaseInfo.State state = seat == null
                ? LeaseInfo.State.STARTING
                : lease.isBlocked() ? LeaseInfo.State.BLOCKED : LeaseInfo.State.RUNNING;
        return new LeaseInfo(
                lease.request(),
                state,
                Optional.ofNullable(seat).map(there -> there.client().id()),
                seat == null ? 0 : seat.client().pid(),
                Optional.empty());
    }

    private static LeaseInfo waiting(Lease lease, Map<Long, Shortage> shortages) {
        return new LeaseInfo(
                lease.request(),
                LeaseInfo.State.WAITING,
                Optional.empty(),
                0,
                Optional.ofNullable(shortages.get(lease.id())));
    }
}

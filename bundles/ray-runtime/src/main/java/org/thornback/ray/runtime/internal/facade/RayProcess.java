// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.facade;

import io.ray.api.exception.RayActorException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.thornback.layout.PlasmaIds;
import org.thornback.ray.runtime.internal.actor.ActorCaller;
import org.thornback.ray.runtime.internal.actor.ActorTable;
import org.thornback.ray.runtime.internal.function.FunctionLoader;
import org.thornback.ray.runtime.internal.function.FunctionTable;
import org.thornback.ray.runtime.internal.object.BlockingWait;
import org.thornback.ray.runtime.internal.object.IdGenerator;
import org.thornback.ray.runtime.internal.object.ObjectAccess;
import org.thornback.ray.runtime.internal.object.ObjectTable;
import org.thornback.ray.runtime.internal.object.Outcome;
import org.thornback.ray.runtime.internal.object.ReferenceLedger;
import org.thornback.ray.runtime.internal.owner.CallEncoder;
import org.thornback.ray.runtime.internal.owner.CallTally;
import org.thornback.ray.runtime.internal.owner.LeaseDesk;
import org.thornback.ray.runtime.internal.owner.StartedCall;
import org.thornback.ray.runtime.internal.owner.TaskOwner;
import org.thornback.ray.runtime.internal.owner.WorkerLink;
import org.thornback.ray.runtime.internal.plasma.PlasmaClient;
import org.thornback.ray.runtime.internal.raylet.ActorListener;
import org.thornback.ray.runtime.internal.raylet.ActorUpdated;
import org.thornback.ray.runtime.internal.raylet.Introduction;
import org.thornback.ray.runtime.internal.raylet.LeaseGrant;
import org.thornback.ray.runtime.internal.raylet.LeaseListener;
import org.thornback.ray.runtime.internal.raylet.RayletConnection;
import org.thornback.ray.runtime.internal.raylet.RayletMessages;
import org.thornback.ray.runtime.internal.raylet.Welcomed;
import org.thornback.ray.runtime.internal.raylet.WorkerDuties;
import org.thornback.ray.runtime.internal.raylet.WorkerOutput;
import org.thornback.ray.runtime.internal.task.FinishedTasks;
import org.thornback.ray.runtime.internal.task.TaskReporter;
import org.thornback.ray.runtime.internal.task.TaskTally;
import org.thornback.ray.runtime.internal.value.ObjectSerializer;
import org.thornback.ray.runtime.internal.value.ValueCodec;
import org.thornback.ray.runtime.internal.worker.JobClasses;
import org.thornback.ray.runtime.internal.worker.WorkerProcess;
import org.thornback.transport.SharedPoller;

/**
 * Joins the parts of a driver or worker around its connection to the raylet, and takes them apart again.
 *
 * <p>Built on one thread; the parts say themselves which threads may use them.
 */
final class RayProcess implements LeaseDesk, ActorCaller.Links, LeaseListener, ActorListener, TaskReporter {
    private final byte[] clientId;
    private final SharedPoller poller;
    private final RayletConnection raylet;
    private final Welcomed welcome;
    private final IdGenerator ids;
    private final AtomicInteger links = new AtomicInteger();
    private final ValueCodec codec;
    private final ObjectAccess objects;
    private final ReferenceLedger ledger;
    private final FunctionTable functions = new FunctionTable();
    private final FinishedTasks finished = new FinishedTasks();
    private final CallEncoder encoder;
    private final CallCompletion completion;
    private final PlasmaClient plasma;
    private final PlasmaObjects store;
    private volatile TaskOwner tasks;
    private volatile ActorTable actors;
    private volatile String namespace;
    private volatile String defaultActorLifetime;
    private volatile boolean closed;

    /**
     * What differs between a driver and a worker.
     *
     * @param rayletSocket where the raylet listens.
     * @param introduction what this process says of itself.
     * @param poller       serves the connections.
     * @param userClasses  where the program's classes are.
     * @param blocking     how threads wait.
     * @param duties       of a worker.
     * @param output       of workers, for a driver.
     */
    record Role(
            Path rayletSocket,
            Introduction introduction,
            SharedPoller poller,
            Supplier<ClassLoader> userClasses,
            BlockingWait blocking,
            WorkerDuties duties,
            WorkerOutput output) {}

    RayProcess(Role role, Runnable onLost) {
        clientId = role.introduction().clientId();
        poller = role.poller();
        namespace = role.introduction().namespace();
        defaultActorLifetime = role.introduction().defaultActorLifetime();
        raylet = new RayletConnection(
                poller,
                role.rayletSocket(),
                new RayletConnection.Listeners(this, this, role.duties(), role.output(), this),
                () -> {
                    lost();
                    onLost.run();
                });
        welcome = raylet.introduce(role.introduction());
        namespace = welcome.namespace();
        ids = new IdGenerator(welcome.jobId());
        codec = new ValueCodec(new ObjectSerializer(role.userClasses(), new Tokens(this::objects, this::actors)));
        plasma = PlasmaClient.connect(welcome.storeSocket());
        store = new PlasmaObjects(plasma);
        ledger = new ReferenceLedger(clientId, raylet.messages()::updateReferences, poller::expectTick);
        objects = new ObjectAccess(ids, codec, store, new ObjectTable(ledger), role.blocking());
        encoder = new CallEncoder(codec, objects);
        completion = new CallCompletion(codec, objects, ledger, poller, finished);
        tasks = new TaskOwner(this, completion, welcome.cpus());
        actors = new ActorTable(raylet::messages, clientId, this, completion);
    }

    /** A worker's job became known. */
    void jobAssigned(int jobId, String lifetime) {
        ids.assignJob(jobId);
        defaultActorLifetime = lifetime;
    }

    void namespace(String name) {
        namespace = name;
    }

    WorkerProcess.Tools workerTools(JobClasses classes) {
        return new WorkerProcess.Tools(
                codec,
                objects,
                store,
                new FunctionLoader(classes),
                ledger,
                raylet.messages(),
                welcome.nodeIp(),
                this::jobAssigned,
                this::namespace);
    }

    /** What is due by time in this process; called by whoever polls. */
    long tick() {
        TaskOwner owner = tasks;
        if (owner == null) {
            return Long.MAX_VALUE;
        }
        return Math.min(ledger.tick(), owner.tick());
    }

    /** Ends the connections; what still waits fails. */
    void close() {
        closed = true;
        ledger.flush();
        raylet.messages().goodbye();
        raylet.close();
        tasks.close();
        actors.close();
        plasma.close();
        poller.close();
    }

    /** Deletes objects whoever holds them. */
    void free(List<byte[]> objectIds) {
        plasma.delete(objectIds.stream().map(PlasmaIds::ofRay).toList());
    }

    private void lost() {
        if (!closed && tasks != null) {
            tasks.close();
            actors.close();
            poller.signal();
        }
    }

    ObjectAccess objects() {
        return objects;
    }

    ActorTable actors() {
        return actors;
    }

    TaskOwner tasks() {
        return tasks;
    }

    IdGenerator ids() {
        return ids;
    }

    FunctionTable functions() {
        return functions;
    }

    CallEncoder encoder() {
        return encoder;
    }

    CallCompletion completion() {
        return completion;
    }

    RayletConnection connection() {
        return raylet;
    }

    Welcomed welcome() {
        return welcome;
    }

    String namespace() {
        return namespace;
    }

    String defaultActorLifetime() {
        return defaultActorLifetime;
    }

    @Override
    public void granted(LeaseGrant grant) {
        tasks.granted(grant);
    }

    @Override
    public void refused(long requestId, String reason) {
        tasks.refused(requestId, reason);
    }

    @Override
    public void updated(ActorUpdated update) {
        actors.updated(update);
    }

    @Override
    public void tell(TaskTally tally) {
        ActorTable calls = actors;
        if (calls == null) {
            return; // nothing was called yet
        }
        CallTally unfinished = new CallTally(tally);
        tasks.tell(unfinished);
        calls.tell(unfinished);
        finished.tell(tally);
    }

    @Override
    public RayletMessages raylet() {
        return raylet.messages();
    }

    @Override
    public long nextRequestId() {
        return raylet.nextRequestId();
    }

    @Override
    public WorkerLink connect(LeaseGrant grant, WorkerLink.Side side) {
        return new WorkerLink(
                links.incrementAndGet(), poller, grant.socket(), clientId, grant.workerId(), ids.jobId(), side);
    }

    @Override
    public WorkerLink connect(ActorUpdated update, WorkerLink.Side side) {
        return new WorkerLink(
                links.incrementAndGet(), poller, update.socket(), clientId, update.workerId(), ids.jobId(), side);
    }

    @Override
    public StartedCall lastStarted(WorkerLink link) {
        return WorkerProcess.lastStarted(link.socket(), clientId, link.number());
    }

    @Override
    public void expectTick() {
        poller.expectTick();
    }

    @Override
    public Outcome.Inline encode(RayActorException error) {
        return completion.encode(error);
    }
}

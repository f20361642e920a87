// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.raylet;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.message.ActorConstructedEncoder;
import org.thornback.layout.message.ActorExitingEncoder;
import org.thornback.layout.message.ActorHandlesEncoder;
import org.thornback.layout.message.Bool;
import org.thornback.layout.message.CancelLeaseRequestEncoder;
import org.thornback.layout.message.ClientKind;
import org.thornback.layout.message.CreateActorEncoder;
import org.thornback.layout.message.FindActorEncoder;
import org.thornback.layout.message.GoodbyeEncoder;
import org.thornback.layout.message.HelloEncoder;
import org.thornback.layout.message.KillActorEncoder;
import org.thornback.layout.message.ListActorsEncoder;
import org.thornback.layout.message.ListNodesEncoder;
import org.thornback.layout.message.MessageHeaderEncoder;
import org.thornback.layout.message.RequestLeaseEncoder;
import org.thornback.layout.message.ReturnLeaseEncoder;
import org.thornback.layout.message.SubscribeActorEncoder;
import org.thornback.layout.message.TaskBlockedEncoder;
import org.thornback.layout.message.UpdateReferencesEncoder;
import org.thornback.layout.message.WorkerListeningEncoder;
import org.thornback.ray.runtime.internal.object.ReferenceLedger.Change;
import org.thornback.transport.FrameChannel;
import org.thornback.transport.FrameDescriptor;

/** Writes messages to the raylet. Safe from any thread: each message is encoded under the channel's own lock. */
public final class RayletMessages {
    private static final int SMALL = 256;

    private final FrameChannel channel;

    RayletMessages(FrameChannel channel) {
        this.channel = requireNonNull(channel, "channel");
    }

    void hello(Introduction me) {
        int room = 1024 + textLength(me.codeSearchPath()) + textLength(me.jvmOptions()) + me.passwordProof().length;
        for (Map.Entry<String, String> variable : me.environment().entrySet()) {
            room += 16 + length(variable.getKey()) + length(variable.getValue());
        }
        SegmentBuffer buffer = channel.claim(room + length(me.namespace()) + length(me.entrypoint()));
        HelloEncoder hello = new HelloEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .protocolVersion(FrameDescriptor.PROTOCOL_VERSION)
                .kind(me.worker() ? ClientKind.WORKER : ClientKind.DRIVER)
                .putClientId(me.clientId(), 0)
                .pid((int) ProcessHandle.current().pid())
                .owned(bool(me.owned()))
                .passwordGiven(bool(me.passwordProof().length > 0));
        HelloEncoder.CodeSearchPathEncoder paths =
                hello.codeSearchPathCount(me.codeSearchPath().size());
        me.codeSearchPath().forEach(entry -> paths.next().entry(entry));
        HelloEncoder.JvmOptionsEncoder options =
                hello.jvmOptionsCount(me.jvmOptions().size());
        me.jvmOptions().forEach(option -> options.next().option(option));
        HelloEncoder.EnvironmentEncoder environment =
                hello.environmentCount(me.environment().size());
        me.environment().forEach((name, value) -> environment.next().name(name).value(value));
        hello.namespace(me.namespace())
                .putPasswordProof(me.passwordProof(), 0, me.passwordProof().length)
                .defaultActorLifetime(me.defaultActorLifetime())
                .entrypoint(me.entrypoint());
        commit(hello.encodedLength(), true);
    }

    /**
     * A worker takes calls now.
     *
     * @param socket where.
     */
    public void listening(String socket) {
        SegmentBuffer buffer = channel.claim(SMALL + length(socket));
        WorkerListeningEncoder message =
                new WorkerListeningEncoder().wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder());
        message.socket(socket);
        commit(message.encodedLength(), true);
    }

    /**
     * Wants a worker.
     *
     * @param requestId       to find the answer by.
     * @param schedulingClass hash of what it is wanted for.
     * @param backlog         tasks that wait.
     * @param resources       in 1/10000.
     * @param functionName    of the first of them.
     */
    public void requestLease(
            long requestId, long schedulingClass, int backlog, Map<String, Long> resources, String functionName) {
        SegmentBuffer buffer = channel.claim(SMALL + resourceLength(resources) + length(functionName));
        RequestLeaseEncoder message = new RequestLeaseEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .requestId(requestId)
                .schedulingClass(schedulingClass)
                .backlog(backlog);
        RequestLeaseEncoder.ResourcesEncoder group = message.resourcesCount(resources.size());
        resources.forEach((name, units) -> group.next().units(units).name(name));
        message.functionName(functionName).runtimeEnv("");
        commit(message.encodedLength(), true);
    }

    /**
     * Takes a request back.
     *
     * @param requestId of the request.
     */
    public void cancelLeaseRequest(long requestId) {
        SegmentBuffer buffer = channel.claim(SMALL);
        CancelLeaseRequestEncoder message = new CancelLeaseRequestEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .requestId(requestId);
        commit(message.encodedLength(), false);
    }

    /**
     * Gives a worker back.
     *
     * @param leaseId      of the lease.
     * @param workerFailed the connection to the worker ended.
     */
    public void returnLease(long leaseId, boolean workerFailed) {
        SegmentBuffer buffer = channel.claim(SMALL);
        ReturnLeaseEncoder message = new ReturnLeaseEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .leaseId(leaseId)
                .workerFailed(bool(workerFailed));
        commit(message.encodedLength(), true);
    }

    /**
     * Tells how many tasks of this worker wait in get.
     *
     * @param blocked their number.
     */
    public void taskBlocked(int blocked) {
        SegmentBuffer buffer = channel.claim(SMALL);
        TaskBlockedEncoder message = new TaskBlockedEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .blockedTasks(blocked);
        commit(message.encodedLength(), true);
    }

    /**
     * Tells who holds what.
     *
     * @param changes in order.
     */
    public void updateReferences(List<Change> changes) {
        SegmentBuffer buffer = channel.claim(SMALL + changes.size() * 64);
        UpdateReferencesEncoder message =
                new UpdateReferencesEncoder().wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder());
        UpdateReferencesEncoder.ChangesEncoder group = message.changesCount(changes.size());
        for (Change change : changes) {
            group.next()
                    .putObjectId(change.objectId(), 0)
                    .putHolder(change.holder(), 0)
                    .delta(change.delta());
        }
        commit(message.encodedLength(), true);
    }

    void createActor(long requestId, ActorOrder order) {
        SegmentBuffer buffer = channel.claim(SMALL
                + resourceLength(order.resources())
                + textLength(order.jvmOptions())
                + length(order.name())
                + length(order.namespace())
                + length(order.className())
                + length(order.runtimeEnv())
                + order.specification().length);
        CreateActorEncoder message = new CreateActorEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .requestId(requestId)
                .putActorId(order.actorId(), 0)
                .putTaskId(order.taskId(), 0)
                .maxRestarts(order.maxRestarts())
                .maxTaskRetries(order.maxTaskRetries())
                .maxConcurrency(order.maxConcurrency())
                .detached(bool(order.detached()));
        CreateActorEncoder.ResourcesEncoder resources =
                message.resourcesCount(order.resources().size());
        order.resources().forEach((name, units) -> resources.next().units(units).name(name));
        CreateActorEncoder.JvmOptionsEncoder options =
                message.jvmOptionsCount(order.jvmOptions().size());
        order.jvmOptions().forEach(option -> options.next().option(option));
        message.name(order.name())
                .namespace(order.namespace())
                .className(order.className())
                .runtimeEnv(order.runtimeEnv())
                .putSpecification(order.specification(), 0, order.specification().length);
        commit(message.encodedLength(), true);
    }

    /**
     * Tells how an actor's construction went.
     *
     * @param actorId 16 bytes.
     * @param cause   empty for success, else what the constructor threw.
     * @param failure the exception, encoded; empty for success.
     */
    public void actorConstructed(byte[] actorId, String cause, byte[] failure) {
        SegmentBuffer buffer = channel.claim(SMALL + length(cause) + failure.length);
        ActorConstructedEncoder message = new ActorConstructedEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .putActorId(actorId, 0)
                .succeeded(bool(failure.length == 0));
        message.cause(cause).putFailure(failure, 0, failure.length);
        commit(message.encodedLength(), true);
    }

    /**
     * Wants to hear of an actor.
     *
     * @param actorId 16 bytes.
     */
    public void subscribeActor(byte[] actorId) {
        SegmentBuffer buffer = channel.claim(SMALL);
        SubscribeActorEncoder message = new SubscribeActorEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .putActorId(actorId, 0);
        commit(message.encodedLength(), true);
    }

    /**
     * Ends an actor.
     *
     * @param actorId   16 bytes.
     * @param noRestart false to have it constructed again if it may be.
     */
    public void killActor(byte[] actorId, boolean noRestart) {
        SegmentBuffer buffer = channel.claim(SMALL);
        KillActorEncoder message = new KillActorEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .putActorId(actorId, 0)
                .noRestart(bool(noRestart));
        commit(message.encodedLength(), true);
    }

    /**
     * The actor of this worker ends of its own will.
     *
     * @param actorId 16 bytes.
     */
    public void actorExiting(byte[] actorId) {
        SegmentBuffer buffer = channel.claim(SMALL);
        ActorExitingEncoder message = new ActorExitingEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .putActorId(actorId, 0);
        commit(message.encodedLength(), true);
    }

    /**
     * Counts the processes that have a handle of an actor.
     *
     * @param actorId 16 bytes.
     * @param holder  28 bytes of the client.
     * @param delta   1 or -1.
     */
    public void actorHandles(byte[] actorId, byte[] holder, int delta) {
        SegmentBuffer buffer = channel.claim(SMALL);
        ActorHandlesEncoder message = new ActorHandlesEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .putActorId(actorId, 0)
                .putHolder(holder, 0)
                .delta(delta);
        commit(message.encodedLength(), true);
    }

    void findActor(long requestId, String name, String namespace) {
        SegmentBuffer buffer = channel.claim(SMALL + length(name) + length(namespace));
        FindActorEncoder message = new FindActorEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .requestId(requestId);
        message.name(name).namespace(namespace);
        commit(message.encodedLength(), true);
    }

    void listNodes(long requestId) {
        SegmentBuffer buffer = channel.claim(SMALL);
        ListNodesEncoder message = new ListNodesEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .requestId(requestId);
        commit(message.encodedLength(), true);
    }

    void listActors(long requestId) {
        SegmentBuffer buffer = channel.claim(SMALL);
        ListActorsEncoder message = new ListActorsEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .requestId(requestId);
        commit(message.encodedLength(), true);
    }

    /** A driver's job is over. */
    public void goodbye() {
        SegmentBuffer buffer = channel.claim(SMALL);
        GoodbyeEncoder message =
                new GoodbyeEncoder().wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder());
        commit(message.encodedLength(), true);
    }

    private void commit(int encodedLength, boolean flush) {
        channel.commit(MessageHeaderEncoder.ENCODED_LENGTH + encodedLength, flush);
    }

    private static Bool bool(boolean value) {
        return value ? Bool.YES : Bool.NO;
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static int textLength(List<String> texts) {
        return texts.stream().mapToInt(text -> 8 + length(text)).sum();
    }

    private static int resourceLength(Map<String, Long> resources) {
        return resources.keySet().stream().mapToInt(name -> 24 + length(name)).sum();
    }
}

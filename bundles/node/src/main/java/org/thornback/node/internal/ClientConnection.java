// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.id.BinaryId;
import org.thornback.api.transport.FrameLink;
import org.thornback.api.transport.FrameReceiver;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.message.ActorConstructedDecoder;
import org.thornback.layout.message.ActorExitingDecoder;
import org.thornback.layout.message.ActorHandlesDecoder;
import org.thornback.layout.message.Bool;
import org.thornback.layout.message.CancelLeaseRequestDecoder;
import org.thornback.layout.message.CreateActorDecoder;
import org.thornback.layout.message.FindActorDecoder;
import org.thornback.layout.message.GoodbyeDecoder;
import org.thornback.layout.message.HelloDecoder;
import org.thornback.layout.message.KillActorDecoder;
import org.thornback.layout.message.ListActorsDecoder;
import org.thornback.layout.message.ListNodesDecoder;
import org.thornback.layout.message.MessageHeaderDecoder;
import org.thornback.layout.message.RequestLeaseDecoder;
import org.thornback.layout.message.ReturnLeaseDecoder;
import org.thornback.layout.message.SubscribeActorDecoder;
import org.thornback.layout.message.TaskBlockedDecoder;
import org.thornback.layout.message.TaskReportDecoder;
import org.thornback.layout.message.UpdateReferencesDecoder;
import org.thornback.layout.message.WorkerListeningDecoder;

/** Reads one client's messages and tells the raylet what they ask. Called on the conductor's thread. */
final class ClientConnection implements FrameReceiver {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final int PROTOCOL_VERSION = 1;

    private final Raylet raylet;
    private final Admission admission;
    private final ClientMessages messages;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private Client client;
    private boolean greeted;
    private boolean closed;

    ClientConnection(Raylet raylet, Admission admission, FrameLink link) {
        this.raylet = requireNonNull(raylet, "raylet");
        this.admission = requireNonNull(admission, "admission");
        this.messages = new ClientMessages(link);
    }

    @Override
    public void onFrame(FrameLink link, MemorySegment memory, int offset, int length) {
        SegmentBuffer buffer = new SegmentBuffer(memory, offset, length);
        header.wrap(buffer, 0);
        int template = header.templateId();
        if (template == HelloDecoder.TEMPLATE_ID && !greeted) {
            greeted = true;
            hello(JoinRequest.read(new HelloDecoder().wrapAndApplyHeader(buffer, 0, header)));
        } else if (client == null) {
            throw new IllegalStateException("message template=" + template + " came before Welcome");
        } else {
            onMessage(template, buffer);
        }
    }

    @Override
    public void onClosed(FrameLink link) {
        closed = true;
        if (client != null) {
            raylet.clientGone(client);
        }
    }

    private void onMessage(int template, SegmentBuffer buffer) {
        switch (template) {
            case RequestLeaseDecoder.TEMPLATE_ID ->
                requestLease(new RequestLeaseDecoder().wrapAndApplyHeader(buffer, 0, header));
            case CancelLeaseRequestDecoder.TEMPLATE_ID ->
                raylet.cancelRequest(
                        client,
                        new CancelLeaseRequestDecoder()
                                .wrapAndApplyHeader(buffer, 0, header)
                                .requestId());
            case ReturnLeaseDecoder.TEMPLATE_ID ->
                returnLease(new ReturnLeaseDecoder().wrapAndApplyHeader(buffer, 0, header));
            case TaskBlockedDecoder.TEMPLATE_ID ->
                raylet.blocked(client, (int) new TaskBlockedDecoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .blockedTasks());
            case UpdateReferencesDecoder.TEMPLATE_ID ->
                references(new UpdateReferencesDecoder().wrapAndApplyHeader(buffer, 0, header));
            case WorkerListeningDecoder.TEMPLATE_ID ->
                raylet.workerListens(
                        client,
                        new WorkerListeningDecoder()
                                .wrapAndApplyHeader(buffer, 0, header)
                                .socket());
            case ListNodesDecoder.TEMPLATE_ID ->
                client.messages()
                        .nodes(
                                new ListNodesDecoder()
                                        .wrapAndApplyHeader(buffer, 0, header)
                                        .requestId(),
                                raylet.node(),
                                raylet.amounts());
            case TaskReportDecoder.TEMPLATE_ID ->
                raylet.tasksTold(client, new TaskReportDecoder().wrapAndApplyHeader(buffer, 0, header));
            case GoodbyeDecoder.TEMPLATE_ID -> raylet.clientGone(client);
            default -> onActorMessage(template, buffer);
        }
    }

    private void onActorMessage(int template, SegmentBuffer buffer) {
        ActorDirectory actors = raylet.actors();
        switch (template) {
            case CreateActorDecoder.TEMPLATE_ID ->
                create(new CreateActorDecoder().wrapAndApplyHeader(buffer, 0, header));
            case SubscribeActorDecoder.TEMPLATE_ID -> {
                SubscribeActorDecoder message = new SubscribeActorDecoder().wrapAndApplyHeader(buffer, 0, header);
                byte[] id = new byte[BinaryId.ACTOR_LENGTH];
                message.getActorId(id, 0);
                actors.subscribe(BinaryId.of(id), client);
            }
            case KillActorDecoder.TEMPLATE_ID -> {
                KillActorDecoder message = new KillActorDecoder().wrapAndApplyHeader(buffer, 0, header);
                byte[] id = new byte[BinaryId.ACTOR_LENGTH];
                message.getActorId(id, 0);
                actors.kill(BinaryId.of(id), message.noRestart() == Bool.YES);
            }
            case ActorExitingDecoder.TEMPLATE_ID -> {
                ActorExitingDecoder message = new ActorExitingDecoder().wrapAndApplyHeader(buffer, 0, header);
                byte[] id = new byte[BinaryId.ACTOR_LENGTH];
                message.getActorId(id, 0);
                actors.exiting(BinaryId.of(id));
            }
            case ActorHandlesDecoder.TEMPLATE_ID -> {
                ActorHandlesDecoder message = new ActorHandlesDecoder().wrapAndApplyHeader(buffer, 0, header);
                byte[] id = new byte[BinaryId.ACTOR_LENGTH];
                message.getActorId(id, 0);
                byte[] holder = new byte[BinaryId.UNIQUE_LENGTH];
                message.getHolder(holder, 0);
                actors.handles(BinaryId.of(id), BinaryId.of(holder), message.delta());
            }
            case ActorConstructedDecoder.TEMPLATE_ID ->
                constructed(new ActorConstructedDecoder().wrapAndApplyHeader(buffer, 0, header));
            case FindActorDecoder.TEMPLATE_ID -> {
                FindActorDecoder message = new FindActorDecoder().wrapAndApplyHeader(buffer, 0, header);
                long requestId = message.requestId();
                String name = message.name();
                client.messages().actorFound(requestId, actors.find(name, message.namespace()));
            }
            case ListActorsDecoder.TEMPLATE_ID ->
                client.messages()
                        .actors(
                                new ListActorsDecoder()
                                        .wrapAndApplyHeader(buffer, 0, header)
                                        .requestId(),
                                actors.all(),
                                raylet.node());
            default -> throw new IllegalStateException("message template=" + template + " is unknown");
        }
    }

    private void hello(JoinRequest request) {
        if (request.version() != PROTOCOL_VERSION) {
            messages.refused("The program speaks protocol version=" + request.version() + " and this node version="
                    + PROTOCOL_VERSION + ": use the jars of the same Thornback (ray classpath)");
        } else if (request.passwordGiven()
                && !admission.passwordProven(request.id().bytes(), request.passwordProof())) {
            LOG.warn("driver pid={} was refused: wrong Redis password", request.pid());
            messages.refused("Wrong Redis password: the password given (ray.redis.password) is not the one of the"
                    + " cluster at " + admission.clusterAddress());
        } else if (request.worker()) {
            workerJoins(request.client(messages));
        } else {
            admission.code(
                    request.codeSearchPath(),
                    code -> admission.nextJobId(
                            number -> driverJoins(request.job(number, request.client(messages), code)),
                            messages::refused),
                    messages::refused);
        }
    }

    private void workerJoins(Client joining) {
        if (raylet.workerJoined(joining)) {
            client = joining;
        } else {
            LOG.warn("worker pid={} was refused: this node does not know it", joining.pid());
            messages.refused("This node has no worker id=" + joining.id() + ": it has ended, or never was one");
        }
    }

    private void driverJoins(Job job) {
        if (closed) {
            LOG.info(
                    "job {} does not begin: driver pid={} went away",
                    job.id(),
                    job.driver().pid());
            return;
        }
        client = job.driver();
        raylet.driverJoined(client, job);
    }

    private void requestLease(RequestLeaseDecoder message) {
        long requestId = message.requestId();
        Map<String, Long> resources = new HashMap<>();
        for (RequestLeaseDecoder.ResourcesDecoder resource : message.resources()) {
            long units = resource.units();
            resources.put(resource.name(), units);
        }
        raylet.requestLease(client, requestId, resources, message.functionName());
    }

    private void returnLease(ReturnLeaseDecoder message) {
        raylet.returnLease(client, message.leaseId(), message.workerFailed() == Bool.YES);
    }

    private void references(UpdateReferencesDecoder message) {
        byte[] object = new byte[BinaryId.UNIQUE_LENGTH];
        byte[] holder = new byte[BinaryId.UNIQUE_LENGTH];
        for (UpdateReferencesDecoder.ChangesDecoder change : message.changes()) {
            change.getObjectId(object, 0);
            change.getHolder(holder, 0);
            raylet.references().change(BinaryId.of(object), BinaryId.of(holder), change.delta());
        }
    }

    private void create(CreateActorDecoder message) {
        byte[] id = new byte[BinaryId.ACTOR_LENGTH];
        message.getActorId(id, 0);
        long requestId = message.requestId();
        String reason = raylet.actors().create(BinaryId.of(id), ActorOrder.read(client.jobId(), message));
        client.messages().createReply(requestId, reason.isEmpty(), reason);
    }

    private void constructed(ActorConstructedDecoder message) {
        byte[] id = new byte[BinaryId.ACTOR_LENGTH];
        message.getActorId(id, 0);
        boolean succeeded = message.succeeded() == Bool.YES;
        String cause = message.cause();
        byte[] failure = new byte[message.failureLength()];
        message.getFailure(failure, 0, failure.length);
        raylet.actors().constructed(BinaryId.of(id), succeeded, cause, failure);
    }
}

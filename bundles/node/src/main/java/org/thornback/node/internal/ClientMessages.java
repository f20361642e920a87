// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.thornback.api.id.BinaryId;
import org.thornback.api.transport.FrameLink;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.message.ActorFoundEncoder;
import org.thornback.layout.message.ActorListEncoder;
import org.thornback.layout.message.ActorStatus;
import org.thornback.layout.message.ActorUpdateEncoder;
import org.thornback.layout.message.AssignJobEncoder;
import org.thornback.layout.message.Bool;
import org.thornback.layout.message.CollectGarbageEncoder;
import org.thornback.layout.message.ConstructActorEncoder;
import org.thornback.layout.message.CreateActorReplyEncoder;
import org.thornback.layout.message.ExitWorkerEncoder;
import org.thornback.layout.message.LeaseGrantedEncoder;
import org.thornback.layout.message.LeaseRefusedEncoder;
import org.thornback.layout.message.LogLinesEncoder;
import org.thornback.layout.message.MessageHeaderEncoder;
import org.thornback.layout.message.NodeListEncoder;
import org.thornback.layout.message.NoticeEncoder;
import org.thornback.layout.message.RefusedEncoder;
import org.thornback.layout.message.ReportTasksEncoder;
import org.thornback.layout.message.WelcomeEncoder;

/** Writes messages to one client. Used by the conductor only, so one buffer serves all of them. */
final class ClientMessages {
    private static final int SMALL = 512;
    private static final int PROTOCOL_VERSION = 1;
    private static final byte[] NO_ID = new byte[BinaryId.UNIQUE_LENGTH];

    private final FrameLink link;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private MemorySegment memory = MemorySegment.ofArray(new byte[SMALL]);
    private SegmentBuffer buffer = new SegmentBuffer(memory);

    ClientMessages(FrameLink link) {
        this.link = requireNonNull(link, "link");
    }

    FrameLink link() {
        return link;
    }

    void welcome(NodeFacts node, int jobId, String namespace) {
        WelcomeEncoder message = new WelcomeEncoder()
                .wrapAndApplyHeader(
                        room(node.nodeIp(), node.sessionDirectory(), node.storeSocket(), namespace), 0, header)
                .protocolVersion(PROTOCOL_VERSION)
                .putNodeId(node.nodeId().bytes(), 0)
                .jobId(jobId)
                .cpus(node.cpus());
        message.nodeIp(node.nodeIp())
                .sessionDirectory(node.sessionDirectory())
                .storeSocket(node.storeSocket())
                .namespace(namespace);
        send(message.encodedLength());
    }

    void refused(String reason) {
        RefusedEncoder message = new RefusedEncoder().wrapAndApplyHeader(room(reason), 0, header);
        message.reason(reason);
        send(message.encodedLength());
        link.close();
    }

    void assign(Job job) {
        SegmentBuffer target =
                room(job.namespace(), job.defaultActorLifetime(), String.join("________", job.codeSearchPath()));
        AssignJobEncoder message =
                new AssignJobEncoder().wrapAndApplyHeader(target, 0, header).jobId(job.id());
        AssignJobEncoder.CodeSearchPathEncoder paths =
                message.codeSearchPathCount(job.codeSearchPath().size());
        job.codeSearchPath().forEach(path -> paths.next().entry(path));
        message.namespace(job.namespace()).defaultActorLifetime(job.defaultActorLifetime());
        send(message.encodedLength());
    }

    void granted(long requestId, long leaseId, WorkerSeat worker) {
        LeaseGrantedEncoder message = new LeaseGrantedEncoder()
                .wrapAndApplyHeader(room(worker.socket()), 0, header)
                .requestId(requestId)
                .leaseId(leaseId)
                .putWorkerId(worker.client().id().bytes(), 0)
                .pid(worker.client().pid());
        message.socket(worker.socket());
        send(message.encodedLength());
    }

    void leaseRefused(long requestId, String reason) {
        LeaseRefusedEncoder message = new LeaseRefusedEncoder()
                .wrapAndApplyHeader(room(reason), 0, header)
                .requestId(requestId);
        message.reason(reason);
        send(message.encodedLength());
    }

    void createReply(long requestId, boolean accepted, String reason) {
        CreateActorReplyEncoder message = new CreateActorReplyEncoder()
                .wrapAndApplyHeader(room(reason), 0, header)
                .requestId(requestId)
                .accepted(accepted ? Bool.YES : Bool.NO);
        message.reason(reason);
        send(message.encodedLength());
    }

    void construct(Actor actor, List<Integer> gpus) {
        byte[] specification = actor.order().specification();
        ConstructActorEncoder message = new ConstructActorEncoder()
                .wrapAndApplyHeader(room(specification.length + gpus.size() * Integer.BYTES), 0, header)
                .putActorId(actor.id().bytes(), 0)
                .restarts(actor.restarts())
                .maxConcurrency(actor.order().maxConcurrency());
        ConstructActorEncoder.GpuIdsEncoder group = message.gpuIdsCount(gpus.size());
        gpus.forEach(gpu -> group.next().gpu(gpu));
        message.putSpecification(specification, 0, specification.length);
        send(message.encodedLength());
    }

    void actorUpdate(Actor actor) {
        String socket = actor.socket();
        String className = actor.order().className();
        ActorUpdateEncoder message = new ActorUpdateEncoder()
                .wrapAndApplyHeader(
                        room(socket.length() * 3
                                + className.length() * 3
                                + actor.cause().length() * 3
                                + actor.failure().length),
                        0,
                        header)
                .putActorId(actor.id().bytes(), 0)
                .status(status(actor))
                .restarts(actor.restarts())
                .maxTaskRetries(actor.order().maxTaskRetries())
                .putWorkerId(
                        actor.worker() == null
                                ? NO_ID
                                : actor.worker().client().id().bytes(),
                        0)
                .pid(actor.worker() == null ? 0 : actor.worker().client().pid());
        message.socket(socket).className(className).cause(actor.cause());
        message.putFailure(actor.failure(), 0, actor.failure().length);
        send(message.encodedLength());
    }

    void actorFound(long requestId, Actor actor) {
        ActorFoundEncoder message = new ActorFoundEncoder()
                .wrapAndApplyHeader(room(actor == null ? "" : actor.order().className()), 0, header)
                .requestId(requestId)
                .found(actor == null ? Bool.NO : Bool.YES);
        if (actor != null) {
            message.putActorId(actor.id().bytes(), 0);
        }
        message.className(actor == null ? "" : actor.order().className());
        send(message.encodedLength());
    }

    void nodes(long requestId, NodeFacts node, Collection<NodeFacts.Amount> resources) {
        int length = resources.stream()
                .mapToInt(amount -> 32 + amount.name().length() * 3)
                .sum();
        NodeListEncoder message = new NodeListEncoder()
                .wrapAndApplyHeader(room(length + SMALL), 0, header)
                .requestId(requestId);
        NodeListEncoder.NodesEncoder entry = message.nodesCount(1)
                .next()
                .putNodeId(node.nodeId().bytes(), 0)
                .alive(Bool.YES)
                .port(0);
        NodeListEncoder.NodesEncoder.ResourcesEncoder group = entry.resourcesCount(resources.size());
        for (NodeFacts.Amount amount : resources) {
            group.next().total(amount.total()).available(amount.available()).name(amount.name());
        }
        entry.address(node.nodeIp())
                .hostName(node.hostName())
                .rayletSocket(node.rayletSocket())
                .storeSocket(node.storeSocket());
        send(message.encodedLength());
    }

    void actors(long requestId, Collection<Actor> actors, NodeFacts node) {
        int length = actors.stream()
                .mapToInt(actor -> SMALL
                        + actor.order().name().length() * 3
                        + actor.order().className().length() * 3)
                .sum();
        ActorListEncoder message = new ActorListEncoder()
                .wrapAndApplyHeader(room(length), 0, header)
                .requestId(requestId);
        ActorListEncoder.ActorsEncoder group = message.actorsCount(actors.size());
        for (Actor actor : actors) {
            group.next()
                    .putActorId(actor.id().bytes(), 0)
                    .status(status(actor))
                    .restarts(actor.restarts())
                    .putNodeId(node.nodeId().bytes(), 0)
                    .pid(actor.worker() == null ? 0 : actor.worker().client().pid())
                    .name(actor.order().name())
                    .className(actor.order().className())
                    .address(node.nodeIp());
        }
        send(message.encodedLength());
    }

    void logLines(long pid, boolean errorStream, String address, String lines) {
        LogLinesEncoder message = new LogLinesEncoder()
                .wrapAndApplyHeader(room(address, lines), 0, header)
                .pid((int) pid)
                .errorStream(errorStream ? Bool.YES : Bool.NO);
        message.address(address).lines(lines);
        send(message.encodedLength());
    }

    void notice(String text) {
        NoticeEncoder message = new NoticeEncoder().wrapAndApplyHeader(room(text), 0, header);
        message.text(text);
        send(message.encodedLength());
    }

    void collectGarbage() {
        send(new CollectGarbageEncoder().wrapAndApplyHeader(room(0), 0, header).encodedLength());
    }

    void reportTasks(long requestId, int most) {
        ReportTasksEncoder message = new ReportTasksEncoder()
                .wrapAndApplyHeader(room(0), 0, header)
                .requestId(requestId)
                .most(most);
        send(message.encodedLength());
    }

    void exit() {
        ExitWorkerEncoder message =
                new ExitWorkerEncoder().wrapAndApplyHeader(room(0), 0, header).reason((short) 0);
        send(message.encodedLength());
    }

    private static ActorStatus status(Actor actor) {
        return switch (actor.state()) {
            case PENDING -> ActorStatus.PENDING_CREATION;
            case ALIVE -> ActorStatus.ALIVE;
            case RESTARTING -> ActorStatus.RESTARTING;
            case DEAD -> ActorStatus.DEAD;
        };
    }

    private SegmentBuffer room(String... texts) {
        int length = 0;
        for (String text : texts) {
            length += text.getBytes(StandardCharsets.UTF_8).length;
        }
        return room(length);
    }

    private SegmentBuffer room(int variable) {
        int needed = SMALL + variable;
        if (memory.byteSize() < needed) {
            memory = MemorySegment.ofArray(new byte[needed]);
            buffer = new SegmentBuffer(memory);
        }
        return buffer;
    }

    private void send(int encodedLength) {
        link.send(memory, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
    }
}

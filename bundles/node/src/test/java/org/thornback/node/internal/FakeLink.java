// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.thornback.api.id.BinaryId;
import org.thornback.api.transport.FrameLink;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.message.ActorFoundDecoder;
import org.thornback.layout.message.ActorListDecoder;
import org.thornback.layout.message.ActorStatus;
import org.thornback.layout.message.ActorUpdateDecoder;
import org.thornback.layout.message.AssignJobDecoder;
import org.thornback.layout.message.Bool;
import org.thornback.layout.message.CollectGarbageDecoder;
import org.thornback.layout.message.ConstructActorDecoder;
import org.thornback.layout.message.CreateActorReplyDecoder;
import org.thornback.layout.message.ExitWorkerDecoder;
import org.thornback.layout.message.LeaseGrantedDecoder;
import org.thornback.layout.message.LeaseRefusedDecoder;
import org.thornback.layout.message.LogLinesDecoder;
import org.thornback.layout.message.MessageHeaderDecoder;
import org.thornback.layout.message.NodeListDecoder;
import org.thornback.layout.message.NoticeDecoder;
import org.thornback.layout.message.RefusedDecoder;
import org.thornback.layout.message.ReportTasksDecoder;
import org.thornback.layout.message.WelcomeDecoder;

/** The other end of a client's connection: reads what the raylet sends as the client would. For one thread. */
final class FakeLink implements FrameLink {
    private final List<Object> heard = new ArrayList<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private boolean closed;

    record Welcome(int jobId, String namespace, String sessionDirectory) {}

    record Refused(String reason) {}

    record Assigned(int jobId, List<String> codeSearchPath, String namespace, String lifetime) {}

    record Granted(long requestId, long leaseId, BinaryId worker, int pid, String socket) {}

    record LeaseRefused(long requestId, String reason) {}

    record Created(long requestId, boolean accepted, String reason) {}

    record Construct(BinaryId actor, int restarts, int maxConcurrency, List<Integer> gpus, String specification) {}

    record Update(BinaryId actor, ActorStatus status, int restarts, String socket, String cause, String failure) {}

    record Found(long requestId, Optional<BinaryId> actor, String className) {}

    record Listed(ActorStatus status, int pid, String name, String className) {}

    record Actors(long requestId, List<Listed> actors) {}

    record Node(String address, String hostName, List<NodeFacts.Amount> resources) {}

    record Nodes(long requestId, List<Node> nodes) {}

    record Lines(int pid, boolean errorStream, String address, String lines) {}

    record Notice(String text) {}

    record Exit() {}

    record CollectGarbage() {}

    record ReportTasks(long requestId, long most) {}

    /** All messages so far. */
    List<Object> heard() {
        return List.copyOf(heard);
    }

    /** The messages of one kind so far. */
    <T> List<T> heard(Class<T> kind) {
        return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void send(MemorySegment message, int length) {
        SegmentBuffer buffer = new SegmentBuffer(message, 0, length);
        header.wrap(buffer, 0);
        heard.add(read(header.templateId(), buffer));
    }

    private Object read(int template, SegmentBuffer buffer) {
        return switch (template) {
            case WelcomeDecoder.TEMPLATE_ID -> {
                WelcomeDecoder message = new WelcomeDecoder().wrapAndApplyHeader(buffer, 0, header);
                int jobId = (int) message.jobId();
                message.nodeIp();
                String session = message.sessionDirectory();
                message.storeSocket();
                yield new Welcome(jobId, message.namespace(), session);
            }
            case RefusedDecoder.TEMPLATE_ID ->
                new Refused(new RefusedDecoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .reason());
            case AssignJobDecoder.TEMPLATE_ID -> {
                AssignJobDecoder message = new AssignJobDecoder().wrapAndApplyHeader(buffer, 0, header);
                List<String> paths = all(message.codeSearchPath(), AssignJobDecoder.CodeSearchPathDecoder::entry);
                yield new Assigned((int) message.jobId(), paths, message.namespace(), message.defaultActorLifetime());
            }
            case LogLinesDecoder.TEMPLATE_ID -> {
                LogLinesDecoder message = new LogLinesDecoder().wrapAndApplyHeader(buffer, 0, header);
                yield new Lines(message.pid(), message.errorStream() == Bool.YES, message.address(), message.lines());
            }
            case NoticeDecoder.TEMPLATE_ID ->
                new Notice(new NoticeDecoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .text());
            case NodeListDecoder.TEMPLATE_ID -> nodes(new NodeListDecoder().wrapAndApplyHeader(buffer, 0, header));
            case ExitWorkerDecoder.TEMPLATE_ID -> new Exit();
            case CollectGarbageDecoder.TEMPLATE_ID -> new CollectGarbage();
            case ReportTasksDecoder.TEMPLATE_ID -> {
                ReportTasksDecoder message = new ReportTasksDecoder().wrapAndApplyHeader(buffer, 0, header);
                yield new ReportTasks(message.requestId(), message.most());
            }
            default -> readOfLeasesAndActors(template, buffer);
        };
    }

    private Object readOfLeasesAndActors(int template, SegmentBuffer buffer) {
        return switch (template) {
            case LeaseGrantedDecoder.TEMPLATE_ID -> {
                LeaseGrantedDecoder message = new LeaseGrantedDecoder().wrapAndApplyHeader(buffer, 0, header);
                BinaryId worker = id(BinaryId.UNIQUE_LENGTH, into -> message.getWorkerId(into, 0));
                yield new Granted(message.requestId(), message.leaseId(), worker, message.pid(), message.socket());
            }
            case LeaseRefusedDecoder.TEMPLATE_ID -> {
                LeaseRefusedDecoder message = new LeaseRefusedDecoder().wrapAndApplyHeader(buffer, 0, header);
                yield new LeaseRefused(message.requestId(), message.reason());
            }
            case CreateActorReplyDecoder.TEMPLATE_ID -> {
                CreateActorReplyDecoder message = new CreateActorReplyDecoder().wrapAndApplyHeader(buffer, 0, header);
                yield new Created(message.requestId(), message.accepted() == Bool.YES, message.reason());
            }
            case ConstructActorDecoder.TEMPLATE_ID -> {
                ConstructActorDecoder message = new ConstructActorDecoder().wrapAndApplyHeader(buffer, 0, header);
                BinaryId actor = id(BinaryId.ACTOR_LENGTH, into -> message.getActorId(into, 0));
                List<Integer> gpus = all(message.gpuIds(), ConstructActorDecoder.GpuIdsDecoder::gpu);
                byte[] specification = new byte[message.specificationLength()];
                message.getSpecification(specification, 0, specification.length);
                yield new Construct(
                        actor,
                        (int) message.restarts(),
                        message.maxConcurrency(),
                        gpus,
                        new String(specification, UTF_8));
            }
            case ActorUpdateDecoder.TEMPLATE_ID ->
                update(new ActorUpdateDecoder().wrapAndApplyHeader(buffer, 0, header));
            case ActorFoundDecoder.TEMPLATE_ID -> {
                ActorFoundDecoder message = new ActorFoundDecoder().wrapAndApplyHeader(buffer, 0, header);
                Optional<BinaryId> actor = message.found() == Bool.YES
                        ? Optional.of(id(BinaryId.ACTOR_LENGTH, into -> message.getActorId(into, 0)))
                        : Optional.empty();
                yield new Found(message.requestId(), actor, message.className());
            }
            case ActorListDecoder.TEMPLATE_ID -> {
                ActorListDecoder message = new ActorListDecoder().wrapAndApplyHeader(buffer, 0, header);
                yield new Actors(message.requestId(), all(message.actors(), FakeLink::listed));
            }
            default -> throw new AssertionError("template=" + template + " is not for clients");
        };
    }

    private static Update update(ActorUpdateDecoder message) {
        BinaryId actor = id(BinaryId.ACTOR_LENGTH, into -> message.getActorId(into, 0));
        String socket = message.socket();
        message.className();
        String cause = message.cause();
        byte[] failure = new byte[message.failureLength()];
        message.getFailure(failure, 0, failure.length);
        return new Update(actor, message.status(), (int) message.restarts(), socket, cause, new String(failure, UTF_8));
    }

    private static Listed listed(ActorListDecoder.ActorsDecoder actor) {
        ActorStatus status = actor.status();
        int pid = actor.pid();
        String name = actor.name();
        String className = actor.className();
        actor.address();
        return new Listed(status, pid, name, className);
    }

    private static Nodes nodes(NodeListDecoder message) {
        long requestId = message.requestId();
        return new Nodes(requestId, all(message.nodes(), node -> {
            List<NodeFacts.Amount> resources = all(node.resources(), amount -> {
                long total = amount.total();
                long available = amount.available();
                return new NodeFacts.Amount(amount.name(), total, available);
            });
            String address = node.address();
            String hostName = node.hostName();
            node.rayletSocket();
            node.storeSocket();
            return new Node(address, hostName, resources);
        }));
    }

    private static <G, T> List<T> all(Iterable<G> group, Function<G, T> read) {
        return StreamSupport.stream(group.spliterator(), false).map(read).toList();
    }

    private static BinaryId id(int length, IdReader reader) {
        byte[] bytes = new byte[length];
        reader.read(bytes);
        return BinaryId.of(bytes);
    }

    private interface IdReader {
        int read(byte[] into);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.raylet;

import static java.util.Objects.requireNonNull;

import io.ray.api.id.ActorId;
import io.ray.api.runtimecontext.ActorInfo;
import io.ray.api.runtimecontext.NodeInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.thornback.api.InvalidInputException;
import org.thornback.api.ThornbackException;
import org.thornback.api.ThornbackException.Category;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.message.ActorFoundDecoder;
import org.thornback.layout.message.ActorListDecoder;
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
import org.thornback.ray.runtime.internal.task.TaskReporter;
import org.thornback.ray.runtime.internal.task.TaskTally;
import org.thornback.transport.FrameChannel;
import org.thornback.transport.FrameHandler;
import org.thornback.transport.SharedPoller;

/**
 * This process's connection to its raylet: requests with answers, and what the raylet says by itself.
 *
 * <p>Requests are safe from any thread. What comes is handed on by the polling thread, one frame at a time. When the
 * connection ends, every waiting request fails and {@code onLost} runs once.
 */
public final class RayletConnection implements FrameHandler {
    private static final long HANDSHAKE_SECONDS = 30;

    private final SharedPoller poller;
    private final FrameChannel channel;
    private final RayletMessages messages;
    private final GarbageCollector collector = new GarbageCollector();
    private final Listeners listeners;
    private final Runnable onLost;
    private final AtomicLong nextRequest = new AtomicLong(1);
    private final Map<Long, CompletableFuture<Object>> requests = new ConcurrentHashMap<>();
    private final CompletableFuture<Welcomed> welcome = new CompletableFuture<>();

    /**
     * Who hears of what.
     *
     * @param leases of leases.
     * @param actors of actors.
     * @param duties of a worker.
     * @param output of workers' output and notices, for a driver.
     * @param tasks  of those who want to know of tasks.
     */
    public record Listeners(
            LeaseListener leases, ActorListener actors, WorkerDuties duties, WorkerOutput output, TaskReporter tasks) {

        /** Checks that nothing is missing. */
        public Listeners {
            requireNonNull(leases, "leases");
            requireNonNull(actors, "actors");
            requireNonNull(duties, "duties");
            requireNonNull(output, "output");
            requireNonNull(tasks, "tasks");
        }
    }

    /**
     * Connects.
     *
     * @param poller    serves the connection.
     * @param socket    of the raylet.
     * @param listeners who hears of what.
     * @param onLost    runs when the raylet is gone.
     */
    public RayletConnection(SharedPoller poller, Path socket, Listeners listeners, Runnable onLost) {
        this.poller = requireNonNull(poller, "poller");
        this.listeners = requireNonNull(listeners, "listeners");
        this.onLost = requireNonNull(onLost, "onLost");
        channel = poller.poller().connect(socket, this);
        messages = new RayletMessages(channel);
    }

    /**
     * Messages without an answer.
     *
     * @return to be sent.
     */
    public RayletMessages messages() {
        return messages;
    }

    /**
     * Introduces this process.
     *
     * @param me who it is.
     * @return what the raylet answered.
     */
    public Welcomed introduce(Introduction me) {
        messages.hello(me);
        return await(welcome, HANDSHAKE_SECONDS, "hello");
    }

    /**
     * A number for a request that is answered through a listener.
     *
     * @return unique on this connection.
     */
    public long nextRequestId() {
        return nextRequest.getAndIncrement();
    }

    /**
     * Creates an actor. Returns when the raylet took it on, before it is alive.
     *
     * @param order to be created; its name taken throws {@link IllegalArgumentException}.
     */
    public void createActor(ActorOrder order) {
        Object reply = request(id -> messages.createActor(id, order), "create actor");
        if (reply instanceof String reason) {
            throw new IllegalArgumentException(reason);
        }
    }

    /**
     * Looks an actor up by name.
     *
     * @param name      of the actor.
     * @param namespace of the name.
     * @return its id and class name, or nothing.
     */
    @SuppressWarnings("unchecked")
    public Optional<NamedActor> findActor(String name, String namespace) {
        return (Optional<NamedActor>) request(id -> messages.findActor(id, name, namespace), "find actor");
    }

    /**
     * All nodes of the cluster.
     *
     * @return as Ray's type.
     */
    @SuppressWarnings("unchecked")
    public List<NodeInfo> nodes() {
        return (List<NodeInfo>) request(messages::listNodes, "list nodes");
    }

    /**
     * All actors the cluster knows.
     *
     * @return as Ray's type.
     */
    @SuppressWarnings("unchecked")
    public List<ActorInfo> actors() {
        return (List<ActorInfo>) request(messages::listActors, "list actors");
    }

    /** Sends what is committed and ends the connection. */
    public void close() {
        channel.flush();
        channel.close();
    }

    @Override
    public void onClosed(FrameChannel closed) {
        ThornbackException lost = new ThornbackException(
                Category.LOST, "the raylet's connection ended: the node was stopped or died; its logs say why");
        welcome.completeExceptionally(lost);
        requests.values().forEach(request -> request.completeExceptionally(lost));
        requests.clear();
        onLost.run();
    }

    @Override
    public void onFrame(FrameChannel from, SegmentBuffer buffer, int offset, int length) {
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        switch (header.templateId()) {
            case WelcomeDecoder.TEMPLATE_ID ->
                welcome.complete(
                        RayletAnswers.welcome(new WelcomeDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case RefusedDecoder.TEMPLATE_ID ->
                welcome.completeExceptionally(new InvalidInputException(new RefusedDecoder()
                        .wrapAndApplyHeader(buffer, offset, header)
                        .reason()));
            case LeaseGrantedDecoder.TEMPLATE_ID ->
                listeners
                        .leases()
                        .granted(RayletAnswers.grant(
                                new LeaseGrantedDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case LeaseRefusedDecoder.TEMPLATE_ID -> {
                LeaseRefusedDecoder refused = new LeaseRefusedDecoder().wrapAndApplyHeader(buffer, offset, header);
                listeners.leases().refused(refused.requestId(), refused.reason());
            }
            case ActorUpdateDecoder.TEMPLATE_ID ->
                listeners
                        .actors()
                        .updated(RayletAnswers.update(
                                new ActorUpdateDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case CreateActorReplyDecoder.TEMPLATE_ID -> {
                CreateActorReplyDecoder reply =
                        new CreateActorReplyDecoder().wrapAndApplyHeader(buffer, offset, header);
                complete(reply.requestId(), reply.accepted() == Bool.YES ? Boolean.TRUE : reply.reason());
            }
            case ActorFoundDecoder.TEMPLATE_ID -> {
                ActorFoundDecoder found = new ActorFoundDecoder().wrapAndApplyHeader(buffer, offset, header);
                complete(found.requestId(), RayletAnswers.named(found));
            }
            case NodeListDecoder.TEMPLATE_ID -> {
                NodeListDecoder nodes = new NodeListDecoder().wrapAndApplyHeader(buffer, offset, header);
                complete(nodes.requestId(), RayletAnswers.nodes(nodes));
            }
            case ActorListDecoder.TEMPLATE_ID -> {
                ActorListDecoder actors = new ActorListDecoder().wrapAndApplyHeader(buffer, offset, header);
                complete(actors.requestId(), RayletAnswers.actors(actors));
            }
            default -> onRequestOfRaylet(header, buffer, offset);
        }
    }

    private void onRequestOfRaylet(MessageHeaderDecoder header, SegmentBuffer buffer, int offset) {
        switch (header.templateId()) {
            case AssignJobDecoder.TEMPLATE_ID ->
                RayletAnswers.assign(
                        new AssignJobDecoder().wrapAndApplyHeader(buffer, offset, header), listeners.duties());
            case ConstructActorDecoder.TEMPLATE_ID ->
                listeners
                        .duties()
                        .construct(RayletAnswers.construction(
                                new ConstructActorDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case CollectGarbageDecoder.TEMPLATE_ID -> collector.collect();
            case ReportTasksDecoder.TEMPLATE_ID -> {
                ReportTasksDecoder asked = new ReportTasksDecoder().wrapAndApplyHeader(buffer, offset, header);
                TaskTally tally = new TaskTally((int) asked.most());
                listeners.tasks().tell(tally);
                new TaskReport(channel, asked.requestId()).send(tally);
            }
            case ExitWorkerDecoder.TEMPLATE_ID -> listeners.duties().exit();
            case LogLinesDecoder.TEMPLATE_ID -> {
                LogLinesDecoder lines = new LogLinesDecoder().wrapAndApplyHeader(buffer, offset, header);
                listeners
                        .output()
                        .printed(lines.pid(), lines.address(), lines.errorStream() == Bool.YES, lines.lines());
            }
            case NoticeDecoder.TEMPLATE_ID ->
                listeners
                        .output()
                        .notice(new NoticeDecoder()
                                .wrapAndApplyHeader(buffer, offset, header)
                                .text());
            default ->
                throw new ThornbackException(
                        Category.FATAL, "message template=" + header.templateId() + " from the raylet is unknown");
        }
    }

    private void complete(long requestId, Object answer) {
        CompletableFuture<Object> request = requests.remove(requestId);
        if (request != null) {
            request.complete(answer);
        }
    }

    private Object request(LongConsumer send, String what) {
        long id = nextRequestId();
        CompletableFuture<Object> answer = new CompletableFuture<>();
        requests.put(id, answer);
        if (!channel.isOpen()) {
            throw new ThornbackException(Category.LOST, what + ": the raylet is gone; start a cluster again");
        }
        send.accept(id);
        return await(answer, Long.MAX_VALUE, what);
    }

    private <T> T await(CompletableFuture<T> answer, long seconds, String what) {
        try {
            long nanos = seconds == Long.MAX_VALUE ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(seconds);
            if (!poller.await(answer::isDone, nanos)) {
                throw new ThornbackException(
                        Category.RETRY, what + ": the raylet did not answer within seconds=" + seconds);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ThornbackException(Category.RETRY, what + ": interrupted while waiting for the raylet", e);
        }
        if (answer.isCompletedExceptionally() && answer.exceptionNow() instanceof ThornbackException failure) {
            throw failure;
        }
        return answer.resultNow();
    }

    /**
     * An actor found by name.
     *
     * @param actorId   of the actor.
     * @param className of the actor.
     */
    public record NamedActor(ActorId actorId, String className) {}
}

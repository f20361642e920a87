// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.owner;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.message.CallerHelloEncoder;
import org.thornback.layout.message.DefineFunctionEncoder;
import org.thornback.layout.message.MessageHeaderDecoder;
import org.thornback.layout.message.MessageHeaderEncoder;
import org.thornback.layout.message.PushTaskEncoder;
import org.thornback.layout.message.RecallTasksEncoder;
import org.thornback.layout.message.ResultStatus;
import org.thornback.layout.message.TaskResultDecoder;
import org.thornback.ray.runtime.internal.function.Function;
import org.thornback.ray.runtime.internal.function.FunctionDescriptor;
import org.thornback.ray.runtime.internal.object.Outcome;
import org.thornback.ray.runtime.internal.value.ValueTag;
import org.thornback.transport.FrameChannel;
import org.thornback.transport.FrameDescriptor;
import org.thornback.transport.FrameHandler;
import org.thornback.transport.SharedPoller;

/**
 * A caller's connection to one worker, with the calls that are on it.
 *
 * <p>Guarded by the lock of its {@link Side}, but for the frame callbacks, which only decode and hand over.
 */
public final class WorkerLink implements FrameHandler {
    private static final int CALL_ID_OFFSET =
            MessageHeaderEncoder.ENCODED_LENGTH + PushTaskEncoder.callIdEncodingOffset();
    private static final int SMALL = 128;

    private final FrameChannel channel;
    private final Side side;
    private final byte[] workerId;
    private final Path socket;
    private final Long2ObjectHashMap<Call> calls = new Long2ObjectHashMap<>();
    private final BitSet defined = new BitSet();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TaskResultDecoder result = new TaskResultDecoder();
    private final int number;
    private long nextCallId;

    /** Who owns the link. Called on the polling thread, without a lock. */
    public interface Side {

        /**
         * A worker answered.
         *
         * @param link   it came on.
         * @param callId of the call.
         * @param answer of the worker.
         */
        void answered(WorkerLink link, long callId, CallResult answer);

        /**
         * The worker is gone.
         *
         * @param link that ended.
         */
        void ended(WorkerLink link);
    }

    /**
     * Connects to a worker.
     *
     * @param number   of this link among all that this process ever had, from 1: the upper half of the ids of its calls, so
     *                 that a worker's notes of an earlier link mean no call of this one.
     * @param poller   serves the connection.
     * @param socket   of the worker.
     * @param callerId 28 bytes of this process.
     * @param workerId 28 bytes.
     * @param jobId    of this process.
     * @param side     hears of answers.
     */
    public WorkerLink(
            int number, SharedPoller poller, Path socket, byte[] callerId, byte[] workerId, int jobId, Side side) {
        this.number = number;
        this.nextCallId = ((long) number << Integer.SIZE) + 1;
        this.side = requireNonNull(side, "side");
        this.workerId = requireNonNull(workerId, "workerId");
        this.socket = requireNonNull(socket, "socket");
        channel = poller.poller().connect(socket, this);
        SegmentBuffer buffer = channel.claim(SMALL);
        CallerHelloEncoder hello = new CallerHelloEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .protocolVersion(FrameDescriptor.PROTOCOL_VERSION)
                .putCallerId(callerId, 0)
                .putWorkerId(workerId, 0)
                .jobId(jobId);
        channel.commit(MessageHeaderEncoder.ENCODED_LENGTH + hello.encodedLength(), false);
    }

    /**
     * The worker at the other end.
     *
     * @return 28 bytes, not to be changed.
     */
    public byte[] workerId() {
        return workerId;
    }

    /**
     * Which link of this process it is.
     *
     * @return the upper half of the ids of its calls.
     */
    public int number() {
        return number;
    }

    /**
     * Where the worker listens.
     *
     * @return its socket.
     */
    public Path socket() {
        return socket;
    }

    /**
     * Calls pushed and not answered.
     *
     * @return their number.
     */
    public int inFlight() {
        return calls.size();
    }

    /**
     * Looks at all calls pushed and not answered.
     *
     * @param action told of each, in no order.
     */
    void forEach(Consumer<Call> action) {
        calls.values().forEach(action);
    }

    /**
     * Sends a call. The first on an idle link leaves at once, further ones travel together.
     *
     * @param call whose message is ready.
     */
    public void push(Call call) {
        boolean idle = calls.isEmpty();
        define(call.function());
        long id = nextCallId++;
        call.pushedAs(id, Math.max(0, call.function().serviceNanos()));
        calls.put(id, call);
        byte[] message = call.message();
        SegmentBuffer buffer = channel.claim(message.length);
        buffer.putBytes(channel.offset(), message);
        buffer.putLong(channel.offset() + CALL_ID_OFFSET, id);
        channel.commit(message.length, idle);
    }

    /** Asks the worker to give back what it has not started. */
    public void recall() {
        SegmentBuffer buffer = channel.claim(SMALL);
        RecallTasksEncoder message = new RecallTasksEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .upTo(nextCallId - 1);
        channel.commit(MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength(), true);
    }

    /**
     * Takes an answered call off the link.
     *
     * @param callId of the call.
     * @return null if it is not on the link.
     */
    public Call take(long callId) {
        return calls.remove(callId);
    }

    /**
     * Takes all calls off a link that ended.
     *
     * @return in the order they were pushed.
     */
    public List<Call> takeAll() {
        List<Call> all = new ArrayList<>(calls.values());
        all.sort((a, b) -> Long.compare(a.id(), b.id()));
        calls.clear();
        return all;
    }

    /** Ends the connection. */
    public void close() {
        channel.close();
    }

    @Override
    public void onFrame(FrameChannel from, SegmentBuffer buffer, int offset, int length) {
        header.wrap(buffer, offset);
        if (header.templateId() != TaskResultDecoder.TEMPLATE_ID) {
            throw new IllegalStateException("message template=" + header.templateId() + " from a worker is unknown");
        }
        result.wrapAndApplyHeader(buffer, offset, header);
        long callId = result.callId();
        ResultStatus status = result.status();
        long serviceNanos = result.serviceNanos();
        long size = result.size();
        List<byte[]> contained = contained();
        side.answered(this, callId, new CallResult(status, outcome(status, size), serviceNanos, contained));
    }

    @Override
    public void onClosed(FrameChannel closed) {
        side.ended(this);
    }

    private List<byte[]> contained() {
        TaskResultDecoder.ContainedDecoder group = result.contained();
        if (group.count() == 0) {
            return List.of();
        }
        List<byte[]> ids = new ArrayList<>(group.count());
        while (group.hasNext()) {
            byte[] id = new byte[TaskResultDecoder.ContainedDecoder.objectIdLength()];
            group.next().getObjectId(id, 0);
            ids.add(id);
        }
        return ids;
    }

    private Outcome outcome(ResultStatus status, long size) {
        return switch (status) {
            case IN_STORE -> new Outcome.Stored(size);
            case INLINE, ERROR -> {
                int metadataLength = result.metadataLength();
                ValueTag tag = metadataLength == 0
                        ? ValueTag.BYTES
                        : ValueTag.of(
                                result.buffer().getByte(result.limit() + TaskResultDecoder.metadataHeaderLength()));
                result.skipMetadata();
                byte[] body = new byte[result.bodyLength()];
                result.getBody(body, 0, body.length);
                yield new Outcome.Inline(tag, body);
            }
            case RECALLED, ACTOR_EXITED, NULL_VAL -> null;
        };
    }

    private void define(Function function) {
        if (defined.get(function.id())) {
            return;
        }
        defined.set(function.id());
        FunctionDescriptor descriptor = function.descriptor();
        int room = SMALL
                + length(descriptor.className())
                + length(descriptor.methodName())
                + length(descriptor.descriptor());
        SegmentBuffer buffer = channel.claim(room);
        DefineFunctionEncoder message = new DefineFunctionEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .functionId(function.id());
        message.className(descriptor.className())
                .methodName(descriptor.methodName())
                .descriptor(descriptor.descriptor());
        channel.commit(MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength(), false);
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;
import org.thornback.api.ThornbackException;
import org.thornback.api.ThornbackException.Category;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.message.CallerHelloDecoder;
import org.thornback.layout.message.DefineFunctionDecoder;
import org.thornback.layout.message.MessageHeaderDecoder;
import org.thornback.layout.message.MessageHeaderEncoder;
import org.thornback.layout.message.PushTaskDecoder;
import org.thornback.layout.message.RecallTasksDecoder;
import org.thornback.layout.message.ResultStatus;
import org.thornback.layout.message.TaskResultEncoder;
import org.thornback.ray.runtime.internal.function.FunctionDescriptor;
import org.thornback.ray.runtime.internal.value.EncodedValue;
import org.thornback.transport.FrameChannel;
import org.thornback.transport.FrameDescriptor;
import org.thornback.transport.FrameHandler;

/**
 * A caller's connection to this worker. Frames are decoded on the polling thread; answers may be sent by any thread.
 */
final class CallerConnection implements FrameHandler {
    private static final byte[] NO_BYTES = {};
    private static final int SMALL = 128;

    private final FrameChannel channel;
    private final byte[] workerId;
    private final CallSink sink;
    private final StartedPage startedPage;
    private final Int2ObjectHashMap<FunctionDescriptor> functions = new Int2ObjectHashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CallReader reader = new CallReader();
    private byte[] callerId;
    private int slot = -1;

    /** Where calls go. Called on the polling thread. */
    interface CallSink {
        void arrived(IncomingCall call);

        /** Takes the calls of a caller that have not started out of the queue. */
        List<IncomingCall> takeBack(CallerConnection caller, long upTo);

        /** The caller is gone: its waiting calls are dropped. */
        void callerEnded(CallerConnection caller);
    }

    CallerConnection(FrameChannel channel, byte[] workerId, CallSink sink, StartedPage startedPage) {
        this.channel = requireNonNull(channel, "channel");
        this.workerId = requireNonNull(workerId, "workerId");
        this.sink = requireNonNull(sink, "sink");
        this.startedPage = requireNonNull(startedPage, "startedPage");
    }

    byte[] callerId() {
        return callerId;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** A call of this caller starts now. */
    void started(IncomingCall call, long now) {
        startedPage.started(slot, call.callId(), now);
    }

    @Override
    public void onFrame(FrameChannel from, SegmentBuffer buffer, int offset, int length) {
        header.wrap(buffer, offset);
        int template = header.templateId();
        if (callerId == null && template != CallerHelloDecoder.TEMPLATE_ID) {
            throw new ThornbackException(Category.FATAL, "message template=" + template + " came before CallerHello");
        }
        switch (template) {
            case PushTaskDecoder.TEMPLATE_ID -> sink.arrived(reader.read(this, buffer, offset, functions::get));
            case DefineFunctionDecoder.TEMPLATE_ID ->
                define(new DefineFunctionDecoder().wrapAndApplyHeader(buffer, offset, header));
            case RecallTasksDecoder.TEMPLATE_ID ->
                giveBack(new RecallTasksDecoder()
                        .wrapAndApplyHeader(buffer, offset, header)
                        .upTo());
            case CallerHelloDecoder.TEMPLATE_ID ->
                greet(new CallerHelloDecoder().wrapAndApplyHeader(buffer, offset, header));
            default ->
                throw new ThornbackException(
                        Category.FATAL, "message template=" + template + " from a caller is unknown");
        }
    }

    @Override
    public void onClosed(FrameChannel closed) {
        startedPage.close(slot);
        sink.callerEnded(this);
    }

    /** Answers with a value, or with an error when its tag says so. */
    void answer(long callId, EncodedValue value, List<byte[]> contained, long serviceNanos, boolean flush) {
        ResultStatus status = value.tag().isError() ? ResultStatus.ERROR : ResultStatus.INLINE;
        int size = Math.toIntExact(value.size());
        SegmentBuffer buffer = channel.claim(SMALL + size + contained.size() * 28);
        TaskResultEncoder result = begin(buffer, callId, status, serviceNanos, size, contained);
        result.putMetadata(value.tag().metadata(), 0, 1).putBody(new SegmentBuffer(value.body()), 0, size);
        channel.commit(MessageHeaderEncoder.ENCODED_LENGTH + result.encodedLength(), flush);
    }

    /** Answers that the value lies in the store, or that there is none. */
    void answer(long callId, ResultStatus status, long size, List<byte[]> contained, long serviceNanos, boolean flush) {
        SegmentBuffer buffer = channel.claim(SMALL + contained.size() * 28);
        TaskResultEncoder result = begin(buffer, callId, status, serviceNanos, size, contained);
        result.putMetadata(NO_BYTES, 0, 0).putBody(NO_BYTES, 0, 0);
        channel.commit(MessageHeaderEncoder.ENCODED_LENGTH + result.encodedLength(), flush);
    }

    private TaskResultEncoder begin(
            SegmentBuffer buffer,
            long callId,
            ResultStatus status,
            long serviceNanos,
            long size,
            List<byte[]> contained) {
        TaskResultEncoder result = new TaskResultEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .callId(callId)
                .status(status)
                .serviceNanos(serviceNanos)
                .size(size);
        TaskResultEncoder.ContainedEncoder group = result.containedCount(contained.size());
        for (byte[] id : contained) {
            group.next().putObjectId(id, 0);
        }
        return result;
    }

    private void greet(CallerHelloDecoder hello) {
        byte[] meant = new byte[CallerHelloDecoder.workerIdLength()];
        hello.getWorkerId(meant, 0);
        if (hello.protocolVersion() != FrameDescriptor.PROTOCOL_VERSION || !Arrays.equals(meant, workerId)) {
            throw new ThornbackException(
                    Category.FATAL,
                    "a caller means another worker or speaks protocol version=" + hello.protocolVersion()
                            + "; expected version=" + FrameDescriptor.PROTOCOL_VERSION);
        }
        byte[] id = new byte[CallerHelloDecoder.callerIdLength()];
        hello.getCallerId(id, 0);
        callerId = id;
        slot = startedPage.open(id);
    }

    private void define(DefineFunctionDecoder message) {
        int id = (int) message.functionId();
        String className = message.className();
        String methodName = message.methodName();
        functions.put(id, new FunctionDescriptor(className, methodName, message.descriptor()));
    }

    private void giveBack(long upTo) {
        for (IncomingCall call : sink.takeBack(this, upTo).reversed()) {
            answer(call.callId(), ResultStatus.RECALLED, 0, List.of(), 0, false);
        }
        channel.flush();
    }
}

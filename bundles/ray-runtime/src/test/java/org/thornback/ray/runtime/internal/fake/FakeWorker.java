// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.fake;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.message.CallerHelloDecoder;
import org.thornback.layout.message.DefineFunctionDecoder;
import org.thornback.layout.message.MessageHeaderDecoder;
import org.thornback.layout.message.MessageHeaderEncoder;
import org.thornback.layout.message.PushTaskDecoder;
import org.thornback.layout.message.RecallTasksDecoder;
import org.thornback.layout.message.ResultStatus;
import org.thornback.layout.message.TaskResultEncoder;
import org.thornback.ray.runtime.internal.value.ValueTag;

/** A worker that takes calls, and answers them when the test says so. */
public final class FakeWorker extends FakePeer {
    private static final int ROOM = 512;

    private final Map<Long, String> functions = new HashMap<>();

    /** A caller introduced itself. */
    public record Hello(int jobId) {}

    /** A call came; the function is the method that was defined for its number. */
    public record Pushed(long callId, String function, String task) {}

    /** All that has not started up to a call is to come back. */
    public record Recalled(long upTo) {}

    /** Listens. */
    public FakeWorker(Path socket) {
        super(socket);
    }

    /** Answers a call with a short text. */
    public void answer(Pushed call, String text, long serviceNanos) {
        answer(call.callId(), ResultStatus.INLINE, text, serviceNanos);
    }

    /** Gives a call back that it had not started. */
    public void giveBack(Pushed call) {
        answer(call.callId(), ResultStatus.RECALLED, "", 0);
    }

    private void answer(long callId, ResultStatus status, String text, long serviceNanos) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        SegmentBuffer buffer = channel().claim(ROOM + body.length);
        TaskResultEncoder message = new TaskResultEncoder()
                .wrapAndApplyHeader(buffer, channel().offset(), new MessageHeaderEncoder())
                .callId(callId)
                .status(status)
                .serviceNanos(serviceNanos)
                .size(body.length);
        message.containedCount(0);
        message.putMetadata(ValueTag.STRING.metadata(), 0, 1).putBody(body, 0, body.length);
        channel().commit(MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength(), true);
    }

    @Override
    void received(int template, SegmentBuffer buffer, int offset, MessageHeaderDecoder header) {
        switch (template) {
            case CallerHelloDecoder.TEMPLATE_ID ->
                tell(new Hello((int) new CallerHelloDecoder()
                        .wrapAndApplyHeader(buffer, offset, header)
                        .jobId()));
            case DefineFunctionDecoder.TEMPLATE_ID -> {
                DefineFunctionDecoder message = new DefineFunctionDecoder().wrapAndApplyHeader(buffer, offset, header);
                message.className();
                functions.put(message.functionId(), message.methodName());
            }
            case PushTaskDecoder.TEMPLATE_ID -> {
                PushTaskDecoder message = new PushTaskDecoder().wrapAndApplyHeader(buffer, offset, header);
                long callId = message.callId();
                String function = functions.get(message.functionId());
                for (PushTaskDecoder.ArgumentsDecoder argument : message.arguments()) {
                    argument.skipMetadata();
                    argument.skipBody();
                }
                tell(new Pushed(callId, function, message.name()));
            }
            case RecallTasksDecoder.TEMPLATE_ID ->
                tell(new Recalled(new RecallTasksDecoder()
                        .wrapAndApplyHeader(buffer, offset, header)
                        .upTo()));
            default -> tell("template " + template);
        }
    }
}

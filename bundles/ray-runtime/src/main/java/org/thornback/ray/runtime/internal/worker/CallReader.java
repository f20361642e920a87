// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.agrona.DirectBuffer;
import org.thornback.layout.message.ArgumentKind;
import org.thornback.layout.message.Bool;
import org.thornback.layout.message.MessageHeaderDecoder;
import org.thornback.layout.message.PushTaskDecoder;
import org.thornback.ray.runtime.internal.function.FunctionDescriptor;
import org.thornback.ray.runtime.internal.value.ValueTag;

/** Reads PushTask messages. Owned by one thread. */
final class CallReader {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PushTaskDecoder push = new PushTaskDecoder();

    IncomingCall read(
            CallerConnection from, DirectBuffer buffer, int offset, IntFunction<FunctionDescriptor> functions) {
        push.wrapAndApplyHeader(buffer, offset, header);
        long callId = push.callId();
        byte[] taskId = new byte[PushTaskDecoder.taskIdLength()];
        push.getTaskId(taskId, 0);
        FunctionDescriptor function = functions.apply((int) push.functionId());
        boolean actorCall = push.actorCall() == Bool.YES;
        PushTaskDecoder.ArgumentsDecoder group = push.arguments();
        List<IncomingArgument> arguments = group.count() == 0 ? List.of() : new ArrayList<>(group.count());
        while (group.hasNext()) {
            arguments.add(argument(group.next()));
        }
        String name = push.name();
        return new IncomingCall(from, callId, taskId, function, actorCall, arguments, name, push.concurrencyGroup());
    }

    private static IncomingArgument argument(PushTaskDecoder.ArgumentsDecoder argument) {
        ArgumentKind kind = argument.kind();
        byte[] metadata = new byte[argument.metadataLength()];
        argument.getMetadata(metadata, 0, metadata.length);
        byte[] body = new byte[argument.bodyLength()];
        argument.getBody(body, 0, body.length);
        return kind == ArgumentKind.IN_STORE
                ? new IncomingArgument.Stored(body)
                : new IncomingArgument.Value(metadata.length == 0 ? ValueTag.BYTES : ValueTag.of(metadata[0]), body);
    }
}

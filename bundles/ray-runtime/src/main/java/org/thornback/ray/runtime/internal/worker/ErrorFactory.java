// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import static java.util.Objects.requireNonNull;

import io.ray.api.exception.RayActorException;
import io.ray.api.exception.RayTaskException;
import io.ray.api.id.ActorId;
import io.ray.api.id.TaskId;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.thornback.ray.runtime.internal.value.EncodedValue;
import org.thornback.ray.runtime.internal.value.ValueCodec;
import org.thornback.ray.runtime.internal.value.ValueFormatException;

/** Makes the exceptions that callers see, with Ray's texts, and turns them into bytes. Immutable. */
final class ErrorFactory {
    private final ValueCodec codec;
    private final String nodeIp;
    private final int pid = (int) ProcessHandle.current().pid();

    ErrorFactory(ValueCodec codec, String nodeIp) {
        this.codec = requireNonNull(codec, "codec");
        this.nodeIp = requireNonNull(nodeIp, "nodeIp");
    }

    /** A task threw; a cause that cannot be serialized travels as its text. */
    EncodedValue encode(byte[] taskId, Throwable cause) {
        String task = "Error executing task " + TaskId.fromBytes(taskId);
        try {
            return codec.encodeError(new RayTaskException(pid, nodeIp, task, cause));
        } catch (ValueFormatException unserializable) {
            String text = task + " with the exception: " + stackTrace(cause);
            return codec.encodeError(new RayTaskException(pid, nodeIp, text, null));
        }
    }

    /** An actor's constructor threw. */
    EncodedValue encodeConstruction(byte[] actorId, Throwable cause) {
        ActorId actor = ActorId.fromBytes(actorId);
        String message = "The actor " + actor + " died because its constructor failed: " + cause;
        try {
            return codec.encodeError(new RayActorException(pid, nodeIp, actor, cause));
        } catch (ValueFormatException unserializable) {
            return codec.encodeError(new RayActorException(pid, nodeIp, actor, new RuntimeException(message)));
        }
    }

    static String stackTrace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}

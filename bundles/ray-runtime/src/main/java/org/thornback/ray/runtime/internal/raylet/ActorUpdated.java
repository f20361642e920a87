// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.raylet;

import io.ray.api.id.ActorId;
import io.ray.api.runtimecontext.ActorState;
import java.nio.file.Path;

/**
 * State of an actor as the raylet last told.
 *
 * @param actorId        of the actor.
 * @param state          Ray's.
 * @param restarts       how often it was constructed again.
 * @param maxTaskRetries how often a call may be repeated when the actor dies.
 * @param workerId       28 bytes, of the worker it lives in.
 * @param pid            of that worker.
 * @param socket         where it takes calls while {@link ActorState#ALIVE}.
 * @param className      of the actor.
 * @param cause          why it is dead or restarting; may be empty.
 * @param failure        what its constructor threw, encoded; may be empty.
 */
public record ActorUpdated(
        ActorId actorId,
        ActorState state,
        int restarts,
        int maxTaskRetries,
        byte[] workerId,
        int pid,
        Path socket,
        String className,
        String cause,
        byte[] failure) {}

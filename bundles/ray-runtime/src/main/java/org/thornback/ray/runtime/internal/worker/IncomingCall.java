// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import java.util.List;
import org.thornback.ray.runtime.internal.function.FunctionDescriptor;

/**
 * A call as it came.
 *
 * @param from             the caller it came from.
 * @param callId           on that caller's connection.
 * @param taskId           24 bytes.
 * @param function         to run.
 * @param actorCall        on this worker's actor.
 * @param arguments        not decoded yet.
 * @param name             the user's, or empty.
 * @param concurrencyGroup chosen by the caller, or empty.
 */
record IncomingCall(
        CallerConnection from,
        long callId,
        byte[] taskId,
        FunctionDescriptor function,
        boolean actorCall,
        List<IncomingArgument> arguments,
        String name,
        String concurrencyGroup) {}

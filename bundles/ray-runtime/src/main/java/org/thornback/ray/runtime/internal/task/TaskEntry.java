// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.task;

import org.thornback.layout.message.TaskStatus;
import org.thornback.ray.runtime.internal.function.Function;

/**
 * A task of this process.
 *
 * @param taskId   24 bytes.
 * @param function it runs.
 * @param name     that the user gave it, mostly empty.
 * @param status   how far it is.
 * @param attempt  how often it was begun before.
 * @param workerId 28 bytes of the worker that has it; null for none.
 * @param began    {@link System#nanoTime} of its start, 0 when it is not known.
 * @param ended    {@link System#nanoTime} of its end, 0 before.
 */
public record TaskEntry(
        byte[] taskId,
        Function function,
        String name,
        TaskStatus status,
        int attempt,
        byte[] workerId,
        long began,
        long ended) {}

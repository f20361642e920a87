// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.raylet;

import java.util.List;
import java.util.Map;

/**
 * An actor to be created.
 *
 * @param actorId        16 bytes.
 * @param taskId         24 bytes, of its construction.
 * @param maxRestarts    -1 for without end.
 * @param maxTaskRetries of each call.
 * @param maxConcurrency calls that may run at once.
 * @param detached       outlives the job.
 * @param resources      it holds, in 1/10000.
 * @param jvmOptions     of its worker.
 * @param name           empty for none.
 * @param namespace      of the name.
 * @param className      for lists and messages.
 * @param runtimeEnv     JSON, empty for the job's.
 * @param specification  for the worker.
 */
public record ActorOrder(
        byte[] actorId,
        byte[] taskId,
        int maxRestarts,
        int maxTaskRetries,
        int maxConcurrency,
        boolean detached,
        Map<String, Long> resources,
        List<String> jvmOptions,
        String name,
        String namespace,
        String className,
        String runtimeEnv,
        byte[] specification) {}

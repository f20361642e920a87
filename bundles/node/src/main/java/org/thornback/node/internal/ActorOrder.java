// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.util.List;
import java.util.Map;

/**
 * What an owner asked for when it created an actor. Immutable.
 *
 * @param jobId          of the creator.
 * @param maxRestarts    -1 for without end.
 * @param maxTaskRetries of each call.
 * @param maxConcurrency calls that may run at once.
 * @param detached       outlives its job.
 * @param resources      held for its life, in 1/10000.
 * @param jvmOptions     of its worker.
 * @param name           empty for none.
 * @param namespace      of the name.
 * @param className      for lists and messages.
 * @param specification  for the worker.
 */
record ActorOrder(
        int jobId,
        int maxRestarts,
        int maxTaskRetries,
        int maxConcurrency,
        boolean detached,
        Map<String, Long> resources,
        List<String> jvmOptions,
        String name,
        String namespace,
        String className,
        byte[] specification) {}

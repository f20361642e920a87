// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thornback.layout.message.Bool;
import org.thornback.layout.message.CreateActorDecoder;

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
        byte[] specification) {
    /** Of an actor of which nothing is known any more. */
    static final ActorOrder FORGOTTEN = new ActorOrder(0, 0, 0, 1, false, Map.of(), List.of(), "", "", "", new byte[0]);

    /** Reads the groups and texts in the order in which they lie. */
    static ActorOrder read(int jobId, CreateActorDecoder message) {
        Map<String, Long> resources = new HashMap<>();
        for (CreateActorDecoder.ResourcesDecoder resource : message.resources()) {
            long units = resource.units();
            resources.put(resource.name(), units);
        }
        List<String> options = new ArrayList<>();
        for (CreateActorDecoder.JvmOptionsDecoder option : message.jvmOptions()) {
            options.add(option.option());
        }
        String name = message.name();
        String namespace = message.namespace();
        String className = message.className();
        message.skipRuntimeEnv();
        byte[] specification = new byte[message.specificationLength()];
        message.getSpecification(specification, 0, specification.length);
        return new ActorOrder(
                jobId,
                message.maxRestarts(),
                message.maxTaskRetries(),
                message.maxConcurrency(),
                message.detached() == Bool.YES,
                resources,
                options,
                name,
                namespace,
                className,
                specification);
    }
}

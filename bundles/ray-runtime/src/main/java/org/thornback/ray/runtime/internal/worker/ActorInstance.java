// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.thornback.ray.runtime.internal.actor.ActorSpecification;
import org.thornback.ray.runtime.internal.actor.ActorSpecification.FunctionName;
import org.thornback.ray.runtime.internal.function.FunctionDescriptor;
import org.thornback.ray.runtime.internal.function.FunctionLoader;
import org.thornback.ray.runtime.internal.function.Invocable;

/**
 * The actor this worker is: its object and the threads of its concurrency groups. Calls of the default group of an actor
 * without concurrency run on the worker's task thread, in order.
 */
final class ActorInstance {
    private static final String DEFAULT_GROUP = "";

    private final byte[] actorId;
    private final int restarts;
    private final Object object;
    private final FunctionLoader functions;
    private final Map<String, ExecutorService> groups = new HashMap<>();
    private final Map<String, String> groupByMethod = new HashMap<>();

    ActorInstance(
            byte[] actorId,
            int restarts,
            int maxConcurrency,
            Object object,
            FunctionLoader functions,
            ActorSpecification specification) {
        this.actorId = requireNonNull(actorId, "actorId");
        this.restarts = restarts;
        this.object = requireNonNull(object, "object");
        this.functions = requireNonNull(functions, "functions");
        if (maxConcurrency > 1) {
            groups.put(DEFAULT_GROUP, pool("ray-actor-", maxConcurrency));
        }
        for (ActorSpecification.Group group : specification.groups()) {
            groups.put(group.name(), pool("ray-actor-" + group.name() + "-", group.maxConcurrency()));
            for (FunctionName method : group.methods()) {
                groupByMethod.put(key(method.methodName(), method.descriptor()), group.name());
            }
        }
    }

    byte[] actorId() {
        return actorId;
    }

    int restarts() {
        return restarts;
    }

    Object object() {
        return object;
    }

    /** Runs a call on its group's threads; false when it belongs on the worker's task thread. */
    boolean submit(IncomingCall call, Runnable run) {
        if (groups.isEmpty()) {
            return false;
        }
        ExecutorService group = groups.get(groupOf(call));
        if (group == null) {
            return false;
        }
        group.execute(run);
        return true;
    }

    private String groupOf(IncomingCall call) {
        if (!call.concurrencyGroup().isEmpty()) {
            return call.concurrencyGroup();
        }
        FunctionDescriptor function = call.function();
        String configured = groupByMethod.get(key(function.methodName(), function.descriptor()));
        if (configured != null) {
            return configured;
        }
        Invocable invocable = functions.loadForActor(function, object.getClass());
        return invocable.concurrencyGroup();
    }

    private static String key(String methodName, String descriptor) {
        return methodName + descriptor;
    }

    private static ExecutorService pool(String name, int threads) {
        ThreadFactory factory = Thread.ofPlatform().daemon().name(name, 1).factory();
        return Executors.newFixedThreadPool(threads, factory);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.facade;

import static java.util.Objects.requireNonNull;

import io.ray.api.ActorHandle;
import io.ray.api.concurrencygroup.ConcurrencyGroup;
import io.ray.api.concurrencygroup.annotations.DefConcurrencyGroup;
import io.ray.api.concurrencygroup.annotations.DefConcurrencyGroups;
import io.ray.api.exception.RayIntentionalSystemExitException;
import io.ray.api.function.RayFunc;
import io.ray.api.function.RayFuncR;
import io.ray.api.id.ActorId;
import io.ray.api.options.ActorCreationOptions;
import io.ray.api.options.ActorLifetime;
import io.ray.api.options.CallOptions;
import io.ray.api.runtimecontext.RuntimeContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.thornback.ray.runtime.internal.actor.ActorCaller;
import org.thornback.ray.runtime.internal.actor.ActorSpecification;
import org.thornback.ray.runtime.internal.actor.ActorSpecification.FunctionName;
import org.thornback.ray.runtime.internal.actor.RayActorHandle;
import org.thornback.ray.runtime.internal.function.BoundFunction;
import org.thornback.ray.runtime.internal.function.Function;
import org.thornback.ray.runtime.internal.object.IdGenerator;
import org.thornback.ray.runtime.internal.object.RayObject;
import org.thornback.ray.runtime.internal.owner.Call;
import org.thornback.ray.runtime.internal.owner.CallEncoder.Arguments;
import org.thornback.ray.runtime.internal.raylet.ActorOrder;
import org.thornback.ray.runtime.internal.worker.TaskContext;

/** Turns what the program calls into calls on their way. Stateless; safe from any thread. */
final class Calls {
    private static final double UNITS = 10_000;

    private final RayProcess process;

    Calls(RayProcess process) {
        this.process = requireNonNull(process, "process");
    }

    RayObject<Object> call(RayFunc lambda, Object[] arguments, CallOptions options) {
        BoundFunction bound = process.functions().resolve(lambda);
        byte[] taskId = process.ids().taskId();
        Arguments prepared = process.encoder().prepare(bound.arguments(arguments));
        RayObject<Object> result = process.objects().expect(IdGenerator.objectId(taskId, 1));
        String name = text(options.name);
        Call call = new Call(result, bound.function(), prepared.kept(), name);
        Map<String, Long> resources = units(options.resources);
        if (prepared.pending().isEmpty()) {
            call.ready(process.encoder().encode(taskId, bound.function(), false, prepared, name, ""));
            process.tasks().submit(call, resources);
        } else {
            process.tasks().expect(call);
            whenReady(prepared, () -> {
                call.ready(process.encoder().encode(taskId, bound.function(), false, prepared, name, ""));
                process.tasks().submitExpected(call, resources);
            });
        }
        return result;
    }

    RayObject<Object> callActor(ActorHandle<?> actor, RayFunc lambda, Object[] arguments, CallOptions options) {
        RayActorHandle<?> handle = (RayActorHandle<?>) actor;
        BoundFunction bound = process.functions().resolve(lambda);
        byte[] taskId = process.ids().taskId(handle.getId().getBytes());
        Arguments prepared = process.encoder().prepare(bound.arguments(arguments));
        RayObject<Object> result = process.objects().expect(IdGenerator.objectId(taskId, 1));
        String name = text(options.name);
        Call call = new Call(result, bound.function(), prepared.kept(), name);
        String group = text(options.concurrencyGroupName);
        ActorCaller caller = handle.caller();
        if (prepared.pending().isEmpty()) {
            call.ready(process.encoder().encode(taskId, bound.function(), true, prepared, name, group));
            caller.submit(call);
        } else {
            caller.submit(call); // keeps its turn
            whenReady(prepared, () -> {
                call.ready(process.encoder().encode(taskId, bound.function(), true, prepared, name, group));
                caller.proceed();
            });
        }
        return result;
    }

    <T> ActorHandle<T> createActor(RayFunc factory, Object[] arguments, ActorCreationOptions options) {
        BoundFunction bound = process.functions().resolve(factory);
        byte[] actorId = process.ids().actorId();
        byte[] taskId = process.ids().taskId(actorId);
        Arguments prepared = process.encoder().prepare(bound.arguments(arguments));
        if (!prepared.pending().isEmpty()) {
            process.objects().get(prepared.pending(), Long.MAX_VALUE);
        }
        byte[] message = process.encoder().encode(taskId, bound.function(), true, prepared, "", "");
        ActorSpecification specification =
                new ActorSpecification(FunctionName.of(bound.function().descriptor()), message, groups(options));
        process.connection().createActor(order(actorId, taskId, bound.function(), options, specification));
        RayActorHandle<T> handle = process.actors()
                .handle(
                        ActorId.fromBytes(actorId),
                        bound.function().descriptor().className(),
                        prepared.kept());
        handle.caller().limitPendingCalls(options.maxPendingCalls);
        return handle;
    }

    void exitActor(RuntimeContext context) {
        if (TaskContext.current().filter(TaskContext::actorTask).isEmpty()) {
            throw new RuntimeException("This shouldn't be called on a non-actor worker.");
        }
        throw new RayIntentionalSystemExitException("Actor " + context.getCurrentActorId() + " exits as it asked to.");
    }

    List<ConcurrencyGroup> declaredGroups(RayFuncR<?> constructor) {
        String className =
                process.functions().resolve(constructor).function().descriptor().className();
        Class<?> type;
        try {
            type = Class.forName(className, false, constructor.getClass().getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("class=" + className + " of the actor was not found", e);
        }
        List<ConcurrencyGroup> groups = new ArrayList<>();
        DefConcurrencyGroups several = type.getAnnotation(DefConcurrencyGroups.class);
        if (several != null) {
            for (DefConcurrencyGroup group : several.value()) {
                groups.add(new MethodGroup(group.name(), group.maxConcurrency(), List.of()));
            }
        }
        DefConcurrencyGroup one = type.getAnnotation(DefConcurrencyGroup.class);
        if (one != null) {
            groups.add(new MethodGroup(one.name(), one.maxConcurrency(), List.of()));
        }
        return groups;
    }

    private ActorOrder order(
            byte[] actorId,
            byte[] taskId,
            Function constructor,
            ActorCreationOptions options,
            ActorSpecification specification) {
        ActorLifetime lifetime =
                options.lifetime != null ? options.lifetime : ActorLifetime.valueOf(process.defaultActorLifetime());
        String namespace = text(options.namespace);
        return new ActorOrder(
                actorId,
                taskId,
                options.maxRestarts,
                options.maxTaskRetries,
                options.maxConcurrency,
                lifetime == ActorLifetime.DETACHED,
                units(options.resources),
                options.jvmOptions == null ? List.of() : options.jvmOptions,
                text(options.name),
                namespace.isEmpty() ? process.namespace() : namespace,
                constructor.descriptor().className(),
                text(options.serializedRuntimeEnv),
                specification.encode());
    }

    private List<ActorSpecification.Group> groups(ActorCreationOptions options) {
        if (options.concurrencyGroups == null) {
            return List.of();
        }
        List<ActorSpecification.Group> groups = new ArrayList<>();
        for (ConcurrencyGroup group : options.concurrencyGroups) {
            MethodGroup methods = (MethodGroup) group;
            List<FunctionName> names = methods.methods().stream()
                    .map(method -> FunctionName.of(
                            process.functions().resolve(method).function().descriptor()))
                    .toList();
            groups.add(new ActorSpecification.Group(methods.name(), methods.maxConcurrency(), names));
        }
        return groups;
    }

    private static void whenReady(Arguments prepared, Runnable action) {
        List<RayObject<?>> pending = prepared.pending();
        if (pending.isEmpty()) {
            action.run();
            return;
        }
        prepared.detach();
        AtomicInteger left = new AtomicInteger(pending.size());
        for (RayObject<?> object : pending) {
            object.whenComplete(() -> {
                if (left.decrementAndGet() == 0) {
                    action.run();
                }
            });
        }
    }

    private static Map<String, Long> units(Map<String, Double> resources) {
        if (resources == null || resources.isEmpty()) {
            return Map.of();
        }
        Map<String, Long> units = new TreeMap<>();
        resources.forEach((name, amount) -> units.put(name, Math.round(amount * UNITS)));
        units.values().removeIf(amount -> amount == 0);
        return units;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}

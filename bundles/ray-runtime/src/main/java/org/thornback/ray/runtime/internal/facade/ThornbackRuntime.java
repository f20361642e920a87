// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.facade;

import static java.util.Objects.requireNonNull;

import io.ray.api.ActorHandle;
import io.ray.api.BaseActorHandle;
import io.ray.api.CppActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.PyActorHandle;
import io.ray.api.WaitResult;
import io.ray.api.concurrencygroup.ConcurrencyGroup;
import io.ray.api.function.CppActorClass;
import io.ray.api.function.CppActorMethod;
import io.ray.api.function.CppFunction;
import io.ray.api.function.PyActorClass;
import io.ray.api.function.PyActorMethod;
import io.ray.api.function.PyFunction;
import io.ray.api.function.RayFunc;
import io.ray.api.function.RayFuncR;
import io.ray.api.id.ActorId;
import io.ray.api.id.PlacementGroupId;
import io.ray.api.id.UniqueId;
import io.ray.api.options.ActorCreationOptions;
import io.ray.api.options.CallOptions;
import io.ray.api.options.PlacementGroupCreationOptions;
import io.ray.api.parallelactor.ParallelActorContext;
import io.ray.api.placementgroup.PlacementGroup;
import io.ray.api.runtime.RayRuntime;
import io.ray.api.runtimecontext.ResourceValue;
import io.ray.api.runtimecontext.RuntimeContext;
import io.ray.api.runtimeenv.RuntimeEnv;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thornback.api.store.PlasmaId;
import org.thornback.ray.runtime.internal.object.RayObject;

/**
 * Ray's interface on top of the parts of this process. Stateless; safe from any thread.
 *
 * <p>In a worker it is also what the main thread runs.
 */
@SuppressWarnings("rawtypes") // of Ray's own interface
public final class ThornbackRuntime implements RayRuntime, Runnable {
    private final RayProcess process;
    private final Calls calls;
    private final RuntimeContext context;
    private final Runnable mainLoop;
    private final Runnable onShutdown;

    ThornbackRuntime(RayProcess process, RuntimeContext context, Runnable mainLoop, Runnable onShutdown) {
        this.process = requireNonNull(process, "process");
        this.calls = new Calls(process);
        this.context = requireNonNull(context, "context");
        this.mainLoop = requireNonNull(mainLoop, "mainLoop");
        this.onShutdown = requireNonNull(onShutdown, "onShutdown");
    }

    /** The life of a worker's main thread; a driver's runtime has nothing to run. */
    @Override
    public void run() {
        mainLoop.run();
    }

    @Override
    public void shutdown() {
        onShutdown.run();
    }

    @Override
    public <T> ObjectRef<T> put(T value) {
        return process.objects().put(value);
    }

    @Override
    public <T> ObjectRef<T> put(T value, BaseActorHandle owner) {
        throw unsupported("Ray.put with an owner");
    }

    @Override
    public <T> T get(ObjectRef<T> reference) {
        return reference(reference).get();
    }

    @Override
    public <T> T get(ObjectRef<T> reference, long timeoutMs) {
        return reference(reference).get(timeoutMs);
    }

    @Override
    public <T> List<T> get(List<ObjectRef<T>> references) {
        return get(references, Long.MAX_VALUE);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> List<T> get(List<ObjectRef<T>> references, long timeoutMs) {
        if (references.isEmpty()) {
            return new ArrayList<>();
        }
        return (List<T>) process.objects().get(references(references), timeoutMs);
    }

    @Override
    public <T> WaitResult<T> wait(List<ObjectRef<T>> references, int count, int timeoutMs, boolean fetchLocal) {
        requireNonNull(references, "waitList");
        if (references.isEmpty()) {
            return new WaitResult<>(new ArrayList<>(), new ArrayList<>());
        }
        boolean[] ready =
                process.objects().waitFor(references(references), Math.min(count, references.size()), timeoutMs);
        List<ObjectRef<T>> there = new ArrayList<>();
        List<ObjectRef<T>> missing = new ArrayList<>();
        for (int i = 0; i < ready.length; i++) {
            (ready[i] ? there : missing).add(references.get(i));
        }
        return new WaitResult<>(there, missing);
    }

    /**
     * A reference to an object by its id in the store; {@code org.thornback.ray.Plasma} calls it by name.
     *
     * @param plasmaId 20 bytes.
     * @return a reference to it, whoever makes it and when.
     */
    public ObjectRef<?> plasmaRef(byte[] plasmaId) {
        return process.objects().foreign(PlasmaId.of(plasmaId));
    }

    /**
     * The id of an object in the store; {@code org.thornback.ray.Plasma} calls it by name.
     *
     * @param reference to an object that is waited for.
     * @return 20 bytes.
     */
    public byte[] plasmaId(ObjectRef<?> reference) {
        return process.objects().stored(reference(reference)).toBytes();
    }

    /**
     * The metadata of an object in the store; {@code org.thornback.ray.Plasma} calls it by name.
     *
     * @param reference to an object that is waited for.
     * @return a copy, null when it is not in the store.
     */
    public byte[] plasmaMetadata(ObjectRef<?> reference) {
        return process.objects().metadata(reference(reference)).orElse(null);
    }

    @Override
    public void free(List<ObjectRef<?>> references, boolean localOnly) {
        List<byte[]> ids = new ArrayList<>(references.size());
        references.forEach(reference -> ids.add(reference(reference).id()));
        process.free(ids);
    }

    @Override
    public ObjectRef<?> call(RayFunc function, Object[] arguments, CallOptions options) {
        return calls.call(function, arguments, options);
    }

    @Override
    public ObjectRef<?> callActor(ActorHandle<?> actor, RayFunc function, Object[] arguments, CallOptions options) {
        return calls.callActor(actor, function, arguments, options);
    }

    @Override
    public <T> ActorHandle<T> createActor(RayFunc factory, Object[] arguments, ActorCreationOptions options) {
        return calls.createActor(factory, arguments, options);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends BaseActorHandle> T getActorHandle(ActorId actorId) {
        return (T) process.actors().handle(actorId, "", List.of());
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends BaseActorHandle> Optional<T> getActor(String name, String namespace) {
        if (name == null || name.isEmpty()) {
            return Optional.empty();
        }
        String space = namespace == null || namespace.isEmpty() ? process.namespace() : namespace;
        return process.connection().findActor(name, space).map(found ->
                (T) process.actors().handle(found.actorId(), found.className(), List.of()));
    }

    @Override
    public void killActor(BaseActorHandle actor, boolean noRestart) {
        process.raylet().killActor(actor.getId().getBytes(), noRestart);
    }

    @Override
    public void exitActor() {
        calls.exitActor(context);
    }

    @Override
    public RuntimeContext getRuntimeContext() {
        return context;
    }

    @Override
    public String getNamespace() {
        return process.namespace();
    }

    @Override
    public UniqueId getCurrentNodeId() {
        return context.getCurrentNodeId();
    }

    @Override
    public ConcurrencyGroup createConcurrencyGroup(String name, int maxConcurrency, List<RayFunc> methods) {
        return new MethodGroup(name, maxConcurrency, List.copyOf(methods));
    }

    @Override
    public List<ConcurrencyGroup> extractConcurrencyGroups(RayFuncR<?> constructor) {
        return calls.declaredGroups(constructor);
    }

    @Override
    public Map<String, List<ResourceValue>> getAvailableResourceIds() {
        throw unsupported("getAvailableResourceIds");
    }

    @Override
    public PlacementGroup createPlacementGroup(PlacementGroupCreationOptions options) {
        throw unsupported("PlacementGroups");
    }

    @Override
    public PlacementGroup getPlacementGroup(PlacementGroupId id) {
        throw unsupported("PlacementGroups");
    }

    @Override
    public PlacementGroup getPlacementGroup(String name, String namespace) {
        throw unsupported("PlacementGroups");
    }

    @Override
    public List<PlacementGroup> getAllPlacementGroups() {
        throw unsupported("PlacementGroups");
    }

    @Override
    public void removePlacementGroup(PlacementGroupId id) {
        throw unsupported("PlacementGroups");
    }

    @Override
    public boolean waitPlacementGroupReady(PlacementGroupId id, int timeoutSeconds) {
        throw unsupported("PlacementGroups");
    }

    @Override
    public RuntimeEnv createRuntimeEnv() {
        throw unsupported("RuntimeEnv");
    }

    @Override
    public RuntimeEnv deserializeRuntimeEnv(String json) {
        throw unsupported("RuntimeEnv");
    }

    @Override
    public ParallelActorContext getParallelActorContext() {
        throw unsupported("ParallelActor");
    }

    @Override
    public ObjectRef<?> call(PyFunction function, Object[] arguments, CallOptions options) {
        throw otherLanguage("Python");
    }

    @Override
    public ObjectRef<?> call(CppFunction function, Object[] arguments, CallOptions options) {
        throw otherLanguage("C++");
    }

    @Override
    public ObjectRef<?> callActor(PyActorHandle actor, PyActorMethod method, Object[] arguments) {
        throw otherLanguage("Python");
    }

    @Override
    public ObjectRef<?> callActor(CppActorHandle actor, CppActorMethod method, Object[] arguments) {
        throw otherLanguage("C++");
    }

    @Override
    public PyActorHandle createActor(PyActorClass type, Object[] arguments, ActorCreationOptions options) {
        throw otherLanguage("Python");
    }

    @Override
    public CppActorHandle createActor(CppActorClass type, Object[] arguments, ActorCreationOptions options) {
        throw otherLanguage("C++");
    }

    private static UnsupportedOperationException otherLanguage(String language) {
        return new UnsupportedOperationException(
                "This cluster runs on the JVM alone: " + language + " functions and actors cannot be called");
    }

    private static UnsupportedOperationException unsupported(String what) {
        return new UnsupportedOperationException(what + " is not part of this version of Thornback yet");
    }

    private static <T> RayObject<T> reference(ObjectRef<T> reference) {
        if (reference instanceof RayObject<T> object) {
            return object;
        }
        throw new IllegalArgumentException("reference=" + reference + " was not made by this runtime");
    }

    private static <T> List<RayObject<?>> references(List<ObjectRef<T>> references) {
        List<RayObject<?>> objects = new ArrayList<>(references.size());
        references.forEach(reference -> objects.add(reference(reference)));
        return objects;
    }
}

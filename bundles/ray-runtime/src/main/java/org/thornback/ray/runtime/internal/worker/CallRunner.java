// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import static java.util.Objects.requireNonNull;

import io.ray.api.exception.RayIntentionalSystemExitException;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.thornback.layout.message.ResultStatus;
import org.thornback.ray.runtime.internal.actor.RayActorHandle;
import org.thornback.ray.runtime.internal.function.FunctionLoader;
import org.thornback.ray.runtime.internal.function.Invocable;
import org.thornback.ray.runtime.internal.object.IdGenerator;
import org.thornback.ray.runtime.internal.object.LocalStore;
import org.thornback.ray.runtime.internal.object.ObjectAccess;
import org.thornback.ray.runtime.internal.object.RayObject;
import org.thornback.ray.runtime.internal.object.ReferenceLedger;
import org.thornback.ray.runtime.internal.object.Shareable;
import org.thornback.ray.runtime.internal.value.EncodedValue;
import org.thornback.ray.runtime.internal.value.ValueCodec;

/**
 * Runs one call after the other on whichever thread asks, and answers the caller. Immutable but for the actor this worker has
 * become.
 */
final class CallRunner {
    private final Parts parts;
    private final BooleanSupplier moreWaits;
    private final List<RayActorHandle<?>> handedOut = new ArrayList<>();
    private volatile ActorInstance actor;

    /** What a call needs of this process. */
    record Parts(
            ValueCodec codec,
            ObjectAccess objects,
            LocalStore store,
            FunctionLoader functions,
            ReferenceLedger ledger,
            ErrorFactory errors,
            ActorExit actorExit) {}

    /** Ends this worker because its actor asked to. */
    interface ActorExit {
        void exit(byte[] actorId);
    }

    CallRunner(Parts parts, BooleanSupplier moreWaits) {
        this.parts = requireNonNull(parts, "parts");
        this.moreWaits = requireNonNull(moreWaits, "moreWaits");
    }

    void become(ActorInstance instance) {
        actor = requireNonNull(instance, "instance");
    }

    boolean isActor() {
        return actor != null;
    }

    ActorInstance actor() {
        return actor;
    }

    /** Hands a call to another concurrency group's threads, if it belongs there. */
    boolean runsElsewhere(IncomingCall call) {
        ActorInstance instance = actor;
        return instance != null && call.actorCall() && instance.submit(call, () -> run(call));
    }

    void run(IncomingCall call) {
        long begin = System.nanoTime();
        call.from().started(call, begin);
        TaskContext.enter(call.taskId(), call.actorCall());
        try {
            answer(call, parts.codec().encode(invoke(call)), begin);
        } catch (RayIntentionalSystemExitException e) {
            exitActor(call, begin);
        } catch (TaskFailure e) {
            answer(call, parts.errors().encode(call.taskId(), e.getCause()), begin);
        } catch (RuntimeException e) {
            answer(call, parts.errors().encode(call.taskId(), e), begin);
        } finally {
            TaskContext.leave();
        }
    }

    private Object invoke(IncomingCall call) {
        Object[] arguments = arguments(call.arguments());
        ActorInstance instance = call.actorCall() ? actor : null;
        Invocable function = instance == null
                ? parts.functions().load(call.function())
                : parts.functions()
                        .loadForActor(call.function(), instance.object().getClass());
        try {
            return function.invoke(instance == null ? null : instance.object(), arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RayIntentionalSystemExitException exit) {
                throw exit;
            }
            throw new TaskFailure(e.getCause());
        }
    }

    Object[] arguments(List<IncomingArgument> incoming) {
        Object[] arguments = new Object[incoming.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = switch (incoming.get(i)) {
                case IncomingArgument.Value value -> {
                    Object decoded = parts.codec().decode(value.tag(), MemorySegment.ofArray(value.body()));
                    if (value.tag().isError()) {
                        throw new TaskFailure((Throwable) decoded);
                    }
                    yield decoded;
                }
                case IncomingArgument.Stored(byte[] objectId) ->
                    parts.objects().get(parts.objects().borrow(objectId), Long.MAX_VALUE);
            };
        }
        return arguments;
    }

    private void answer(IncomingCall call, EncodedValue value, long begin) {
        List<byte[]> contained = handOut(value.refs(), call.from().callerId());
        if (value.size() > ObjectAccess.MAX_INLINE) {
            byte[] id = IdGenerator.objectId(call.taskId(), 1);
            parts.store().put(id, value.tag().metadata(), value.body());
            parts.ledger().flush();
            call.from()
                    .answer(
                            call.callId(),
                            ResultStatus.IN_STORE,
                            value.size(),
                            contained,
                            System.nanoTime() - begin,
                            !moreWaits.getAsBoolean());
        } else {
            parts.ledger().flush();
            call.from().answer(call.callId(), value, contained, System.nanoTime() - begin, !moreWaits.getAsBoolean());
        }
    }

    /** References in a result are counted for the caller before it knows of them. */
    private List<byte[]> handOut(List<Shareable> refs, byte[] caller) {
        if (refs.isEmpty()) {
            return List.of();
        }
        List<byte[]> ids = new ArrayList<>(refs.size());
        for (Shareable shared : refs) {
            shared.share();
            switch (shared) {
                case RayObject<?> object -> {
                    parts.ledger().holdFor(object.id(), caller);
                    ids.add(object.id());
                }
                case RayActorHandle<?> handle -> keep(handle);
                default -> throw new IllegalStateException("shared=" + shared);
            }
        }
        return ids;
    }

    /** A handle that leaves in a result must not be this process's last before its receiver has counted itself. */
    private synchronized void keep(RayActorHandle<?> handle) {
        handedOut.add(handle);
    }

    private void exitActor(IncomingCall call, long begin) {
        call.from().answer(call.callId(), ResultStatus.ACTOR_EXITED, 0, List.of(), System.nanoTime() - begin, true);
        parts.actorExit().exit(actor.actorId());
    }

    /** What user code threw, or an argument that is an error. */
    private static final class TaskFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TaskFailure(Throwable cause) {
            super(null, cause, false, false);
        }
    }
}

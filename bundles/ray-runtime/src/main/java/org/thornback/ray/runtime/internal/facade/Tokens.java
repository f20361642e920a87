// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.facade;

import static java.util.Objects.requireNonNull;

import io.ray.api.id.ActorId;
import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;
import org.thornback.ray.runtime.internal.actor.ActorTable;
import org.thornback.ray.runtime.internal.actor.RayActorHandle;
import org.thornback.ray.runtime.internal.object.ObjectAccess;
import org.thornback.ray.runtime.internal.object.RayObject;
import org.thornback.ray.runtime.internal.value.RefTokens;

/** References and handles inside serialized values. The parts are asked for late: they need the codec that needs this. */
final class Tokens implements RefTokens {
    private final Supplier<ObjectAccess> objects;
    private final Supplier<ActorTable> actors;

    /** Stands for a reference. */
    record ReferenceToken(byte[] objectId) implements Serializable {}

    /** Stands for an actor handle. */
    record HandleToken(byte[] actorId, String className, int maxPendingCalls) implements Serializable {}

    Tokens(Supplier<ObjectAccess> objects, Supplier<ActorTable> actors) {
        this.objects = requireNonNull(objects, "objects");
        this.actors = requireNonNull(actors, "actors");
    }

    @Override
    public Object toToken(Object object) {
        return switch (object) {
            case RayObject<?> reference -> new ReferenceToken(reference.id());
            case RayActorHandle<?> handle ->
                new HandleToken(
                        handle.getId().getBytes(),
                        handle.caller().className(),
                        handle.caller().maxPendingCalls());
            case null, default -> object;
        };
    }

    @Override
    public Object fromToken(Object object) {
        return switch (object) {
            case ReferenceToken(byte[] objectId) -> objects.get().borrow(objectId);
            case HandleToken(byte[] actorId, String className, int maxPendingCalls) -> {
                RayActorHandle<Object> handle = actors.get().handle(ActorId.fromBytes(actorId), className, List.of());
                handle.caller().limitPendingCalls(maxPendingCalls);
                yield handle;
            }
            case null, default -> object;
        };
    }

    @Override
    public boolean isToken(Class<?> type) {
        return type == ReferenceToken.class || type == HandleToken.class;
    }
}

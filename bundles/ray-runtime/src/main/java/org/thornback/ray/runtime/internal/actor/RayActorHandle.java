// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.actor;

import static java.util.Objects.requireNonNull;

import io.ray.api.ActorHandle;
import io.ray.api.id.ActorId;
import java.util.List;
import org.thornback.ray.runtime.internal.object.Shareable;

/**
 * A handle of an actor in this process. The actor is counted as in use here until the last one is unreachable. Immutable.
 *
 * @param <A> type of the actor.
 */
public final class RayActorHandle<A> implements ActorHandle<A>, Shareable {
    private final ActorCaller caller;
    private final List<? extends Shareable> kept;

    RayActorHandle(ActorCaller caller, List<? extends Shareable> kept) {
        this.caller = requireNonNull(caller, "caller");
        this.kept = requireNonNull(kept, "kept");
    }

    @Override
    public ActorId getId() {
        return caller.actorId();
    }

    /**
     * The calls of this process to the actor.
     *
     * @return shared by all handles of the actor.
     */
    public ActorCaller caller() {
        return caller;
    }

    /**
     * Arguments of the constructor, kept by the creator for another construction.
     *
     * @return mostly empty.
     */
    public List<? extends Shareable> kept() {
        return kept;
    }

    @Override
    public void share() {
        // The receiver counts itself; until then whoever passes the handle keeps it.
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RayActorHandle<?> that && getId().equals(that.getId());
    }

    @Override
    public int hashCode() {
        return getId().hashCode();
    }

    @Override
    public String toString() {
        return "ActorHandle(" + getId() + ", " + caller.className() + ")";
    }
}

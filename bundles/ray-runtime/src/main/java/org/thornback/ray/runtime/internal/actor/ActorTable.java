// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.actor;

import static java.util.Objects.requireNonNull;

import io.ray.api.id.ActorId;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.thornback.ray.runtime.internal.object.Shareable;
import org.thornback.ray.runtime.internal.owner.CallTally;
import org.thornback.ray.runtime.internal.owner.Completion;
import org.thornback.ray.runtime.internal.raylet.ActorListener;
import org.thornback.ray.runtime.internal.raylet.ActorUpdated;
import org.thornback.ray.runtime.internal.raylet.RayletMessages;

/**
 * The actors this process knows, and how many handles of each it has. Safe from any thread.
 *
 * <p>The raylet is told when the first handle of an actor comes into being here and when the last one has gone.
 */
public final class ActorTable implements ActorListener {
    private static final Cleaner CLEANER = Cleaner.create();

    private final ConcurrentHashMap<ActorId, Entry> actors = new ConcurrentHashMap<>();
    private final Supplier<RayletMessages> raylet;
    private final byte[] self;
    private final ActorCaller.Links links;
    private final Completion completion;

    private record Entry(ActorCaller caller, AtomicInteger handles) {}

    /**
     * Creates an empty table.
     *
     * @param raylet     hears of handles.
     * @param self       28 bytes of this client.
     * @param links      connects to workers.
     * @param completion completes references.
     */
    public ActorTable(Supplier<RayletMessages> raylet, byte[] self, ActorCaller.Links links, Completion completion) {
        this.raylet = requireNonNull(raylet, "raylet");
        this.self = requireNonNull(self, "self");
        this.links = requireNonNull(links, "links");
        this.completion = requireNonNull(completion, "completion");
    }

    /**
     * A new handle of an actor.
     *
     * @param actorId   of the actor.
     * @param className as far as known.
     * @param kept      arguments of the constructor, for its creator.
     * @param <A>       type of the actor.
     * @return the handle.
     */
    public <A> RayActorHandle<A> handle(ActorId actorId, String className, List<? extends Shareable> kept) {
        Entry entry = actors.computeIfAbsent(actorId, id -> {
            ActorCaller caller = new ActorCaller(id, className, links, completion);
            return new Entry(caller, new AtomicInteger());
        });
        synchronized (entry) {
            if (entry.handles.getAndIncrement() == 0) {
                raylet.get().actorHandles(actorId.getBytes(), self, 1);
                raylet.get().subscribeActor(actorId.getBytes());
            }
        }
        RayActorHandle<A> handle = new RayActorHandle<>(entry.caller, kept);
        CLEANER.register(handle, new Drop(this, entry, actorId));
        return handle;
    }

    @Override
    public void updated(ActorUpdated update) {
        Entry entry = actors.get(update.actorId());
        if (entry != null) {
            entry.caller.updated(update);
        }
    }

    /**
     * Tells of the calls that are not over.
     *
     * @param tally to add them to.
     */
    public void tell(CallTally tally) {
        actors.values().forEach(entry -> entry.caller.tell(tally));
    }

    /** Fails every call: the raylet is gone. */
    public void close() {
        actors.values().forEach(entry -> entry.caller.close());
    }

    private void dropped(Entry entry, ActorId actorId) {
        synchronized (entry) {
            if (entry.handles.decrementAndGet() == 0) {
                raylet.get().actorHandles(actorId.getBytes(), self, -1);
            }
        }
    }

    private record Drop(ActorTable table, Entry entry, ActorId actorId) implements Runnable {
        @Override
        public void run() {
            table.dropped(entry, actorId);
        }
    }
}

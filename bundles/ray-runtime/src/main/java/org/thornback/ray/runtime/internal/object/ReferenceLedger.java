// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.object;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Which objects in the store this process holds, as changes on their way to the raylet.
 *
 * <p>Changes keep their order: a hold that was entered before a task's answer leaves is at the raylet before whatever the
 * answer causes, because {@link #flush} is called before the answer is sent. Safe from any thread.
 */
public final class ReferenceLedger {
    private static final int FLUSH_AT = 256;
    private static final long FLUSH_NANOS = 5_000_000;

    /**
     * One change.
     *
     * @param objectId 28 bytes.
     * @param holder   28 bytes of the client that holds.
     * @param delta    1 or -1.
     */
    public record Change(byte[] objectId, byte[] holder, int delta) {}

    private final Consumer<List<Change>> raylet;
    private final byte[] self;
    private final Runnable onFirst;
    private List<Change> pending = new ArrayList<>();
    private long since;

    /**
     * Creates an empty ledger.
     *
     * @param self    id of this client.
     * @param raylet  sends changes; called under the ledger's lock, in order.
     * @param onFirst runs when something begins to wait for {@link #tick}.
     */
    public ReferenceLedger(byte[] self, Consumer<List<Change>> raylet, Runnable onFirst) {
        this.self = requireNonNull(self, "self");
        this.raylet = requireNonNull(raylet, "raylet");
        this.onFirst = requireNonNull(onFirst, "onFirst");
    }

    /**
     * This process holds an object.
     *
     * @param objectId 28 bytes.
     */
    public void hold(byte[] objectId) {
        enter(new Change(objectId, self, 1));
    }

    /**
     * This process holds it no longer.
     *
     * @param objectId 28 bytes.
     */
    public void release(byte[] objectId) {
        enter(new Change(objectId, self, -1));
    }

    /**
     * Another client holds it, before that one knows.
     *
     * @param objectId 28 bytes.
     * @param client   28 bytes.
     */
    public void holdFor(byte[] objectId, byte[] client) {
        enter(new Change(objectId, client, 1));
    }

    /** Sends what there is. */
    public synchronized void flush() {
        if (!pending.isEmpty()) {
            List<Change> changes = pending;
            pending = new ArrayList<>();
            raylet.accept(changes);
        }
    }

    /**
     * Sends what has waited for some milliseconds.
     *
     * @return nanoseconds until it wants to be called again, {@link Long#MAX_VALUE} while nothing waits.
     */
    public synchronized long tick() {
        if (pending.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long left = since + FLUSH_NANOS - System.nanoTime();
        if (left > 0) {
            return left;
        }
        flush();
        return Long.MAX_VALUE;
    }

    private void enter(Change change) {
        boolean first;
        synchronized (this) {
            first = pending.isEmpty();
            if (first) {
                since = System.nanoTime();
            }
            pending.add(change);
            if (pending.size() >= FLUSH_AT) {
                flush();
            }
        }
        if (first) {
            onFirst.run();
        }
    }
}

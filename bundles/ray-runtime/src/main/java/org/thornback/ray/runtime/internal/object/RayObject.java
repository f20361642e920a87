// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.object;

import static java.util.Objects.requireNonNull;

import io.ray.api.ObjectRef;
import io.ray.api.id.ObjectId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A reference to an object, and all this process knows about the object. There is one for each object id that is in use here,
 * so the object may go when this one is no longer reachable.
 *
 * <p>The outcome is written once. Safe from any thread.
 *
 * @param <T> type of the value.
 */
public final class RayObject<T> implements ObjectRef<T>, Shareable {
    private final byte[] id;
    private final ObjectAccess access;
    private final boolean owned;
    private volatile Outcome outcome;
    private boolean shared;
    private boolean stored;
    private List<Runnable> dependents = List.of();
    private List<? extends Shareable> contained = List.of();

    RayObject(byte[] id, ObjectAccess access, boolean owned) {
        this.id = requireNonNull(id, "id");
        this.access = requireNonNull(access, "access");
        this.owned = owned;
    }

    @Override
    public T get() {
        return access.get(this, Long.MAX_VALUE);
    }

    @Override
    public T get(long timeoutMs) {
        return access.get(this, timeoutMs);
    }

    /**
     * The 28 bytes of Ray's ObjectId.
     *
     * @return shared, not to be changed.
     */
    public byte[] id() {
        return id;
    }

    /**
     * The id as Ray's type.
     *
     * @return a new one.
     */
    public ObjectId objectId() {
        return new ObjectId(id);
    }

    /**
     * Tells whether this process created it (by put or by a call) and so learns its outcome by itself.
     *
     * @return false for a reference that came from elsewhere.
     */
    public boolean owned() {
        return owned;
    }

    /**
     * What became of it.
     *
     * @return null while nothing is known here.
     */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * Sets the outcome and runs what waited for it. A second outcome is ignored.
     *
     * @param result   of the call or put.
     * @param contents references inside the value, kept as long as this one is.
     */
    public void complete(Outcome result, List<? extends Shareable> contents) {
        List<Runnable> waiting;
        boolean store;
        synchronized (this) {
            if (outcome != null) {
                return;
            }
            contained = contents;
            outcome = requireNonNull(result, "result");
            waiting = dependents;
            dependents = List.of();
            store = shared && !stored && result instanceof Outcome.Inline;
        }
        if (result instanceof Outcome.Stored) {
            access.hold(this);
        }
        if (result.failed()) {
            access.noteFailure();
        }
        if (store) {
            access.publish(this, (Outcome.Inline) result);
        }
        waiting.forEach(Runnable::run);
    }

    /**
     * Runs something when the outcome is there: now, or later on the thread that brings it.
     *
     * @param action short, not blocking.
     */
    public void whenComplete(Runnable action) {
        synchronized (this) {
            if (outcome == null) {
                if (dependents.isEmpty()) {
                    dependents = new ArrayList<>(1);
                }
                dependents.add(action);
                return;
            }
        }
        action.run();
    }

    /** From now on its value must be found in the store by others. */
    @Override
    public void share() {
        Outcome known;
        boolean publish;
        synchronized (this) {
            if (shared || !owned) {
                return;
            }
            shared = true;
            known = outcome;
            publish = !stored;
        }
        access.remember(this);
        if (publish && known instanceof Outcome.Inline inline) {
            access.publish(this, inline);
        }
    }

    /** The value was written to the store by put: sharing has nothing left to publish. */
    synchronized void markStored() {
        stored = true;
    }

    /**
     * References inside the value.
     *
     * @return immutable.
     */
    public synchronized List<? extends Shareable> contained() {
        return contained;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RayObject<?> that && Arrays.equals(id, that.id);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(id);
    }

    @Override
    public String toString() {
        return "ObjectRef(" + HexFormat.of().formatHex(id) + ")";
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.owner;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.thornback.ray.runtime.internal.function.Function;
import org.thornback.ray.runtime.internal.object.RayObject;
import org.thornback.ray.runtime.internal.object.Shareable;

/**
 * One call on its way: a task, or a call of an actor's method.
 *
 * <p>Guarded by the lock of the {@link TaskOwner} or {@link org.thornback.ray.runtime.internal.actor.ActorCaller} it belongs
 * to, once handed over.
 */
public final class Call {
    private final RayObject<Object> result;
    private final Function function;
    private final List<? extends Shareable> kept;
    private final String name;
    private byte[] message;
    private int attempts;
    private long id;
    private int expectedNanos;

    /**
     * Creates a call.
     *
     * @param result   to be completed.
     * @param function to run.
     * @param kept     what the arguments refer to; held until the call is over.
     * @param name     that the user gave it, mostly empty.
     */
    public Call(RayObject<Object> result, Function function, List<? extends Shareable> kept, String name) {
        this.result = requireNonNull(result, "result");
        this.function = requireNonNull(function, "function");
        this.kept = requireNonNull(kept, "kept");
        this.name = requireNonNull(name, "name");
    }

    /**
     * The reference to complete.
     *
     * @return the result.
     */
    public RayObject<Object> result() {
        return result;
    }

    /**
     * What runs.
     *
     * @return the function.
     */
    public Function function() {
        return function;
    }

    /**
     * The user's name for it.
     *
     * @return mostly empty.
     */
    public String name() {
        return name;
    }

    /**
     * Tells whether all arguments are known.
     *
     * @return true once the message is encoded.
     */
    public boolean isReady() {
        return message != null;
    }

    /**
     * Sets the encoded message.
     *
     * @param encoded SBE header and PushTask.
     */
    public void ready(byte[] encoded) {
        message = requireNonNull(encoded, "encoded");
    }

    byte[] message() {
        return message;
    }

    /**
     * How often it was pushed and lost with its worker.
     *
     * @return 0 at first.
     */
    public int attempts() {
        return attempts;
    }

    long id() {
        return id;
    }

    long expectedNanos() {
        return expectedNanos;
    }

    void pushedAs(long callId, long expected) {
        id = callId;
        expectedNanos = (int) Math.min(expected, Integer.MAX_VALUE);
    }

    /**
     * Counts a push that was lost with its worker.
     *
     * @param most how often it may be repeated; -1 for without end.
     * @return whether it may be pushed again.
     */
    public boolean mayRepeat(int most) {
        attempts++;
        return most < 0 || attempts <= most;
    }

    /**
     * What is held for the arguments.
     *
     * @return immutable.
     */
    public List<? extends Shareable> kept() {
        return kept;
    }
}

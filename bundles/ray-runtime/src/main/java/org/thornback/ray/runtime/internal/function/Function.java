// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.function;

/**
 * A function as its callers know it: its descriptor, its number on all connections of this process, and how long it takes.
 *
 * <p>The estimate is written by the owner under its lock; readers elsewhere may see an old one.
 */
public final class Function {
    private static final int WEIGHT_SHIFT = 3;
    private static final long LEAST_RISE = 1_000;

    private final int id;
    private final FunctionDescriptor descriptor;
    private long serviceNanos = -1;

    Function(int id, FunctionDescriptor descriptor) {
        this.id = id;
        this.descriptor = descriptor;
    }

    /**
     * Number that stands for the function in messages of this process.
     *
     * @return from 0 up.
     */
    public int id() {
        return id;
    }

    /**
     * The method it names.
     *
     * @return the descriptor.
     */
    public FunctionDescriptor descriptor() {
        return descriptor;
    }

    /**
     * Expected time of one call, from measured ones.
     *
     * @return nanoseconds, or -1 while none was measured.
     */
    public long serviceNanos() {
        return serviceNanos;
    }

    /**
     * Takes a measured call into the estimate: a moving average that falls fast and rises slowly. One call that was preempted
     * or compiled must not make a short function look long, for then nothing waits at its workers any more.
     *
     * @param nanos it took.
     */
    public void measured(long nanos) {
        if (serviceNanos < 0) {
            serviceNanos = nanos;
            return;
        }
        long change = nanos - serviceNanos;
        serviceNanos += change < 0 ? change >> 1 : Math.min(change, serviceNanos + LEAST_RISE) >> WEIGHT_SHIFT;
    }
}

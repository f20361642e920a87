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
     * Takes a measured call into the estimate, a moving average.
     *
     * @param nanos it took.
     */
    public void measured(long nanos) {
        serviceNanos = serviceNanos < 0 ? nanos : serviceNanos + ((nanos - serviceNanos) >> WEIGHT_SHIFT);
    }
}

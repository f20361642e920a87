// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.function;

/**
 * A function with what its lambda captured.
 *
 * @param function to call.
 * @param captured leading arguments, mostly none.
 */
public record BoundFunction(Function function, Object[] captured) {
    private static final Object[] NONE = {};

    BoundFunction(Function function) {
        this(function, NONE);
    }

    /**
     * Puts the captured values before the caller's arguments.
     *
     * @param arguments of the call.
     * @return all arguments, {@code arguments} itself when nothing was captured.
     */
    public Object[] arguments(Object[] arguments) {
        if (captured.length == 0) {
            return arguments;
        }
        Object[] all = new Object[captured.length + arguments.length];
        System.arraycopy(captured, 0, all, 0, captured.length);
        System.arraycopy(arguments, 0, all, captured.length, arguments.length);
        return all;
    }
}

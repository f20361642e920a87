// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.function;

import static java.util.Objects.requireNonNull;

/**
 * Names a method of the program, the same in every process of the job.
 *
 * @param className  binary name, with dots.
 * @param methodName {@code <init>} for a constructor.
 * @param descriptor parameter and result types as in a class file.
 */
public record FunctionDescriptor(String className, String methodName, String descriptor) {
    /** Method name of constructors. */
    public static final String CONSTRUCTOR = "<init>";

    /** Checks that nothing is missing. */
    public FunctionDescriptor {
        requireNonNull(className, "className");
        requireNonNull(methodName, "methodName");
        requireNonNull(descriptor, "descriptor");
    }

    /**
     * The name users see in lists and messages.
     *
     * @return for instance {@code com.example.Main.square}.
     */
    public String displayName() {
        return className + "." + methodName;
    }

    @Override
    public String toString() {
        return displayName() + descriptor;
    }
}

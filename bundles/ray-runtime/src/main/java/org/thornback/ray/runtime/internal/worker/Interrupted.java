// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import io.ray.api.exception.RayException;

/** A waiting thread was interrupted: Ray's methods declare no checked exception. */
public final class Interrupted {
    private Interrupted() {}

    /**
     * Restores the interruption and wraps it.
     *
     * @param cause the interruption.
     * @return to be thrown.
     */
    public static RuntimeException asRuntimeException(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new RayException("interrupted while waiting", cause);
    }
}

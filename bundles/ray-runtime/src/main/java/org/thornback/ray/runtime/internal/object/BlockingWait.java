// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.object;

import java.util.function.BooleanSupplier;

/** How a thread of this process waits: polling the connections itself, and in a worker giving its CPU back meanwhile. */
public interface BlockingWait {

    /**
     * Waits.
     *
     * @param done         what is waited for.
     * @param timeoutNanos longest wait; {@link Long#MAX_VALUE} for ever.
     * @return false at the timeout.
     */
    boolean await(BooleanSupplier done, long timeoutNanos);

    /** Something that a wait looks at may have changed. */
    void signal();
}

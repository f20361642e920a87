// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.facade;

import static java.util.Objects.requireNonNull;

import java.util.function.BooleanSupplier;
import org.thornback.ray.runtime.internal.object.BlockingWait;
import org.thornback.ray.runtime.internal.worker.Interrupted;
import org.thornback.transport.SharedPoller;

/** How threads of a driver wait: they poll. */
final class DriverWait implements BlockingWait {
    private final SharedPoller poller;

    DriverWait(SharedPoller poller) {
        this.poller = requireNonNull(poller, "poller");
    }

    @Override
    public boolean await(BooleanSupplier done, long timeoutNanos) {
        try {
            return poller.await(done, timeoutNanos);
        } catch (InterruptedException e) {
            throw Interrupted.asRuntimeException(e);
        }
    }

    @Override
    public void signal() {
        poller.wakeup();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.worker;

import org.thornback.api.id.BinaryId;

/**
 * A worker process.
 *
 * @param id    its id.
 * @param pid   of the process.
 * @param jobId 0 while it has none.
 * @param state what it does.
 */
public record WorkerInfo(BinaryId id, long pid, int jobId, State state) {

    /** What a worker does. */
    public enum State {
        /** Started, not registered yet. */
        STARTING,
        /** Waiting to be lent. */
        IDLE,
        /** Lent. */
        BUSY
    }
}

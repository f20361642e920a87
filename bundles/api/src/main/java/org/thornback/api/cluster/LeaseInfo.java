// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.LeaseRequest;
import org.thornback.api.scheduling.Shortage;

/**
 * A lease of a worker, or a request for one. An owner runs many tasks of one function on a lease, one after another.
 *
 * @param request  what is wanted, for whom.
 * @param state    how far it is.
 * @param worker   it was granted.
 * @param pid      of that process, 0 without one.
 * @param shortage why it waits; empty when it does not, or is granted next.
 */
public record LeaseInfo(
        LeaseRequest request, State state, Optional<BinaryId> worker, long pid, Optional<Shortage> shortage) {

    /** How far a lease is. */
    public enum State {
        /** Not granted. */
        WAITING,
        /** Granted, and its worker is on its way. */
        STARTING,
        /** It has a worker. */
        RUNNING,
        /** It has a worker, and what runs there waits for others. */
        BLOCKED
    }

    /** Checks that nothing is missing. */
    public LeaseInfo {
        requireNonNull(request, "request");
        requireNonNull(state, "state");
        requireNonNull(worker, "worker");
        requireNonNull(shortage, "shortage");
    }
}

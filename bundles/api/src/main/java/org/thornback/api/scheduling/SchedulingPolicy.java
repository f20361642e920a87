// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.scheduling;

import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.thornback.api.id.BinaryId;

/**
 * Chooses the node a request is tried on. Stateful: it is told of changes and never scans what it was not told about.
 *
 * <p>Called on the scheduler's own thread, or on a helper thread for policies of outsiders; never by two at once.
 */
@ConsumerType
public interface SchedulingPolicy {

    /** Service property: the name users know it by. */
    String NAME = "thornback.policy.name";

    /**
     * A node is new or has changed.
     *
     * @param node      its id.
     * @param total     what it has, in 1/10000.
     * @param available what is not in use, in 1/10000.
     */
    void changed(BinaryId node, Map<String, Long> total, Map<String, Long> available);

    /**
     * A node is gone.
     *
     * @param node its id.
     */
    void removed(BinaryId node);

    /**
     * Chooses.
     *
     * @param resources wanted, in 1/10000.
     * @param local     node that asks, preferred when it is as good as any.
     * @return the node to try; empty when no node can ever grant it.
     */
    Optional<BinaryId> choose(Map<String, Long> resources, BinaryId local);
}

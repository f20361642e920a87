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
 * <p>Registered as a service with property {@link #NAME}. The one that the option {@code scheduler-policy} names is asked, else
 * the one with the highest {@code service.ranking}, from the next decision on. It is called on the scheduler's own thread, never
 * by two at once, and everything waits for it: it must answer in microseconds. What it throws is reported, and that decision is
 * made without it.
 */
@ConsumerType
public interface SchedulingPolicy {

    /** Service property: the name users know it by. */
    String NAME = "thornback.policy.name";

    /**
     * A node is new or has changed. The maps are read only, and not to be kept: they say what holds now.
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
     * @return the node to try; empty to let the request wait, which is asked about again with the next decision.
     */
    Optional<BinaryId> choose(Map<String, Long> resources, BinaryId local);
}

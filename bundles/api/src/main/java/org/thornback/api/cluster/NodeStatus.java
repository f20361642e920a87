// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.cluster;

import java.util.List;
import java.util.Map;

/**
 * What a node says of itself and its cluster, at one moment.
 *
 * @param node      where it is.
 * @param total     resources by name, in 1/10000.
 * @param available not in use, in 1/10000.
 * @param demands   what waits.
 * @param jobs      drivers connected.
 * @param workers   worker processes.
 * @param actors    actors that are not dead.
 */
public record NodeStatus(
        NodeDescription node,
        Map<String, Long> total,
        Map<String, Long> available,
        List<Demand> demands,
        int jobs,
        int workers,
        int actors) {

    /** Checks that nothing changes any more. */
    public NodeStatus {
        total = Map.copyOf(total);
        available = Map.copyOf(available);
        demands = List.copyOf(demands);
    }

    /**
     * Requests that wait for the same resources.
     *
     * @param resources in 1/10000.
     * @param count     how many.
     */
    public record Demand(Map<String, Long> resources, int count) {}
}

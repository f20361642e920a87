// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thornback.api.cluster.NodeDescription;
import org.thornback.api.cluster.NodeStatus;
import org.thornback.api.scheduling.LeaseRequest;
import org.thornback.api.scheduling.LeaseScheduler;

/** What the node says of its resources to those who ask. Asks the scheduler, so it is used by the conductor only. */
final class NodeReport {
    private final NodeDescription node;
    private final LeaseScheduler scheduler;

    NodeReport(NodeDescription node, LeaseScheduler scheduler) {
        this.node = requireNonNull(node, "node");
        this.scheduler = requireNonNull(scheduler, "scheduler");
    }

    /** By name. */
    List<NodeFacts.Amount> amounts() {
        List<NodeFacts.Amount> amounts = new ArrayList<>();
        Map<String, Long> available = scheduler.available();
        new TreeMap<>(scheduler.total())
                .forEach((name, total) ->
                        amounts.add(new NodeFacts.Amount(name, total, available.getOrDefault(name, 0L))));
        return amounts;
    }

    NodeStatus status(int jobs, int workers, int actors) {
        return new NodeStatus(node, scheduler.total(), scheduler.available(), demands(), jobs, workers, actors);
    }

    private List<NodeStatus.Demand> demands() {
        Map<Map<String, Long>, Integer> waiting = new HashMap<>();
        scheduler.waiting().forEach(request -> waiting.merge(request.resources(), 1, Integer::sum));
        return waiting.entrySet().stream()
                .map(entry -> new NodeStatus.Demand(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Why a request waits for a node that is not there. */
    String infeasible(LeaseRequest request) {
        return "The task or actor " + request.function() + " cannot be scheduled: it needs "
                + ResourceText.of(request.resources()) + " and no node has that; the cluster has "
                + ResourceText.of(scheduler.total()) + ". It waits until a node with enough joins.";
    }
}

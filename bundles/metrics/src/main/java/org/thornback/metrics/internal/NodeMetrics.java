// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.metrics.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.cluster.ActorInfo;
import org.thornback.api.cluster.ClusterTables;
import org.thornback.api.cluster.ClusterView;
import org.thornback.api.cluster.NodeStatus;
import org.thornback.api.cluster.TaskTable;
import org.thornback.api.metrics.MetricSource;
import org.thornback.api.metrics.MetricsSink;
import org.thornback.api.redis.ControlStore;
import org.thornback.api.redis.ControlStore.Table;
import org.thornback.api.resources.NodeResources;

/** What the raylet says of its node, and whether Redis answers. Safe from any thread. */
@Component
public final class NodeMetrics implements MetricSource {
    private static final long SECONDS = 2;
    private static final String NOBODYS_KEY = "metrics";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ClusterView view;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ControlStore control;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ClusterTables tables;

    /** Waits for somebody to ask. */
    @Activate
    public NodeMetrics() {}

    @Override
    public void report(MetricsSink sink) {
        ClusterView asked = view;
        Optional<NodeStatus> status = asked == null ? Optional.empty() : await(asked.status());
        sink.gauge("ray_cluster_active_nodes", "Nodes that take work.", Map.of(), status.isPresent() ? 1 : 0);
        status.ifPresent(answer -> report(answer, sink));
        ClusterTables known = tables;
        if (known != null) {
            await(known.snapshot()).ifPresent(snapshot -> actors(snapshot.actors(), sink));
            await(known.tasks(0)).ifPresent(table -> tasks(table, sink));
        }
        ControlStore redis = control;
        long begin = System.nanoTime();
        boolean up = redis != null && await(redis.get(Table.FACTS, NOBODYS_KEY)).isPresent();
        sink.gauge("thornback_redis_up", "1 when Redis answers, else 0.", Map.of(), up ? 1 : 0);
        if (up) {
            sink.gauge(
                    "thornback_redis_answer_seconds",
                    "How long Redis took to answer just now.",
                    Map.of(),
                    (System.nanoTime() - begin) / 1e9);
        }
    }

    private static void report(NodeStatus status, MetricsSink sink) {
        for (String name : new TreeSet<>(status.total().keySet())) {
            double total = status.total().get(name) / (double) NodeResources.UNIT;
            double available = status.available().getOrDefault(name, 0L) / (double) NodeResources.UNIT;
            resource(sink, name, "AVAILABLE", available);
            resource(sink, name, "USED", total - available);
        }
        int waiting =
                status.demands().stream().mapToInt(NodeStatus.Demand::count).sum();
        sink.gauge("ray_scheduler_tasks", "Requests of the scheduler by state.", Map.of("State", "Waiting"), waiting);
        sink.gauge("thornback_jobs", "Drivers connected.", Map.of(), status.jobs());
        sink.gauge("thornback_actors", "Actors that are not dead.", Map.of(), status.actors());
    }

    private static void actors(List<ActorInfo> actors, MetricsSink sink) {
        Map<Map<String, String>, Long> counts = actors.stream()
                .collect(Collectors.groupingBy(
                        actor -> Map.of("Name", actor.className(), "State", rayState(actor.state())),
                        Collectors.counting()));
        counts.forEach((labels, count) -> sink.gauge("ray_actors", "Actors by class and state.", labels, count));
    }

    private static void tasks(TaskTable table, MetricsSink sink) {
        Map<Map<String, String>, Long> counts = table.counts().stream()
                .collect(Collectors.groupingBy(
                        count -> Map.of(
                                "Name", count.function(), "State", count.state().name()),
                        Collectors.summingLong(TaskTable.Count::tasks)));
        counts.forEach((labels, count) ->
                sink.gauge("ray_tasks", "Tasks by function and state, also those that are over.", labels, count));
    }

    private static String rayState(ActorInfo.State state) {
        return state == ActorInfo.State.PENDING ? "PENDING_CREATION" : state.name();
    }

    private static void resource(MetricsSink sink, String name, String state, double amount) {
        sink.gauge(
                "ray_resources",
                "Resources of the node by name and state.",
                Map.of("Name", name, "State", state),
                amount);
    }

    private static <T> Optional<T> await(CompletionStage<T> answer) {
        try {
            return Optional.of(answer.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException | ExecutionException none) {
            return Optional.empty(); // that is what the metric says
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.thornback.api.cluster.ActorInfo;
import org.thornback.api.cluster.ClusterSnapshot;
import org.thornback.api.cluster.JobInfo;
import org.thornback.api.cluster.LeaseInfo;
import org.thornback.api.cluster.NodeStatus;
import org.thornback.api.cluster.TaskInfo;
import org.thornback.api.cluster.TaskTable;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.LeaseRequest;
import org.thornback.api.store.ObjectInfo;
import org.thornback.api.worker.WorkerInfo;
import org.thornback.shell.internal.Column.Kind;

/** What lists show of each kind of thing. */
final class Listings {
    private Listings() {}

    static Listing<NodeStatus> nodes(NodeStatus status) {
        return new Listing<>(
                List.of(
                        id("nodeId", one -> one.node().nodeId()),
                        new Column<>("address", Kind.WORD, one -> one.node().nodeIp()),
                        new Column<>("state", Kind.WORD, one -> "ALIVE"),
                        new Column<>("head", Kind.WORD, one -> true),
                        new Column<>("workers", Kind.NUMBER, NodeStatus::workers),
                        new Column<>("resources", Kind.TEXT, NodeStatus::total)),
                List.of(status));
    }

    static Listing<JobInfo> jobs(ClusterSnapshot snapshot) {
        return new Listing<>(
                List.of(
                        new Column<>("jobId", Kind.NUMBER, JobInfo::id),
                        new Column<>("state", Kind.WORD, JobInfo::state),
                        new Column<>("driverPid", Kind.NUMBER, JobInfo::driverPid),
                        new Column<>("entrypoint", Kind.TEXT, JobInfo::entrypoint),
                        new Column<>("namespace", Kind.TEXT, JobInfo::namespace)),
                snapshot.jobs());
    }

    static Listing<TaskInfo> tasks(TaskTable table) {
        return new Listing<>(
                List.of(
                        id("taskId", TaskInfo::id),
                        new Column<>("state", Kind.WORD, TaskInfo::state),
                        new Column<>("jobId", Kind.NUMBER, TaskInfo::jobId),
                        new Column<>("name", Kind.TEXT, TaskInfo::name),
                        new Column<>("function", Kind.TEXT, TaskInfo::function),
                        new Column<>("type", Kind.WORD, TaskInfo::type),
                        new Column<>("attempt", Kind.NUMBER, TaskInfo::attempt),
                        new Column<>("pid", Kind.NUMBER, one -> positive(one.pid())),
                        id("workerId", TaskInfo::worker),
                        new Column<>("began", Kind.WORD, TaskInfo::began),
                        new Column<>("ended", Kind.WORD, TaskInfo::ended)),
                table.tasks());
    }

    static Listing<LeaseInfo> leases(ClusterSnapshot snapshot) {
        return new Listing<>(
                List.of(
                        new Column<>(
                                "leaseId", Kind.NUMBER, one -> one.request().id()),
                        new Column<>("state", Kind.WORD, LeaseInfo::state),
                        new Column<>("jobId", Kind.NUMBER, one -> one.request().jobId()),
                        new Column<>("function", Kind.TEXT, one -> one.request().function()),
                        new Column<>("pid", Kind.NUMBER, one -> positive(one.pid())),
                        id("workerId", LeaseInfo::worker),
                        new Column<>(
                                "resources", Kind.TEXT, one -> one.request().resources())),
                leasesOf(snapshot));
    }

    static Listing<ActorInfo> actors(ClusterSnapshot snapshot) {
        return new Listing<>(
                List.of(
                        id("actorId", ActorInfo::id),
                        new Column<>("state", Kind.WORD, ActorInfo::state),
                        new Column<>("jobId", Kind.NUMBER, ActorInfo::jobId),
                        new Column<>("className", Kind.TEXT, ActorInfo::className),
                        new Column<>("name", Kind.TEXT, ActorInfo::name),
                        new Column<>("pid", Kind.NUMBER, one -> positive(one.pid())),
                        new Column<>("restarts", Kind.NUMBER, ActorInfo::restarts),
                        new Column<>("detached", Kind.WORD, ActorInfo::detached),
                        id("workerId", ActorInfo::worker),
                        new Column<>("resources", Kind.TEXT, ActorInfo::resources),
                        new Column<>("cause", Kind.TEXT, ActorInfo::cause)),
                snapshot.actors());
    }

    static Listing<WorkerInfo> workers(ClusterSnapshot snapshot) {
        Map<BinaryId, String> runs = runs(snapshot);
        return new Listing<>(
                List.of(
                        id("workerId", WorkerInfo::id),
                        new Column<>("pid", Kind.NUMBER, WorkerInfo::pid),
                        new Column<>("state", Kind.WORD, WorkerInfo::state),
                        new Column<>("jobId", Kind.NUMBER, one -> positive(one.jobId())),
                        new Column<>("runs", Kind.TEXT, one -> runs.getOrDefault(one.id(), ""))),
                snapshot.workers().stream()
                        .sorted(Comparator.comparingLong(WorkerInfo::pid))
                        .toList());
    }

    static Listing<ObjectInfo> objects(List<ObjectInfo> objects) {
        return new Listing<>(
                List.of(
                        id("objectId", ObjectInfo::id),
                        new Column<>("state", Kind.WORD, ObjectInfo::state),
                        new Column<>("size", Kind.BYTES, one -> one.dataSize() + one.metadataSize()),
                        new Column<>("holders", Kind.NUMBER, ObjectInfo::holders),
                        new Column<>("pins", Kind.NUMBER, ObjectInfo::pins),
                        new Column<>("segment", Kind.NUMBER, one -> positive(one.segment())),
                        new Column<>("created", Kind.WORD, ObjectInfo::created)),
                objects.stream()
                        .sorted(Comparator.comparing(ObjectInfo::created))
                        .toList());
    }

    /** One kind of resource. */
    record Resource(String name, long total, long available) {}

    static Listing<Resource> resources(NodeStatus status) {
        return new Listing<>(
                List.of(
                        new Column<>("resource", Kind.WORD, Resource::name),
                        new Column<>("total", Kind.NUMBER, one -> Column.amount(one.total())),
                        new Column<>("available", Kind.NUMBER, one -> Column.amount(one.available())),
                        new Column<>("used", Kind.NUMBER, one -> Column.amount(one.total() - one.available()))),
                new TreeMap<>(status.total())
                        .entrySet().stream()
                                .map(total -> new Resource(
                                        total.getKey(),
                                        total.getValue(),
                                        status.available().getOrDefault(total.getKey(), 0L)))
                                .toList());
    }

    /** Leases and requests for tasks; those of actors are shown with their actors. */
    static List<LeaseInfo> leasesOf(ClusterSnapshot snapshot) {
        return snapshot.leases().stream()
                .filter(lease -> lease.request().kind() == LeaseRequest.Kind.TASK)
                .toList();
    }

    /** What each worker is lent for. */
    static Map<BinaryId, String> runs(ClusterSnapshot snapshot) {
        Map<BinaryId, String> runs = new HashMap<>();
        snapshot.leases()
                .forEach(lease -> lease.worker()
                        .ifPresent(worker ->
                                runs.merge(worker, lease.request().function(), (all, one) -> all + ", " + one)));
        return runs;
    }

    /** How many things share a group and a state, and what they add up to. */
    record Count(String group, String state, long count, long bytes) {}

    /** Counts of tasks by function and state, of all owners together. */
    static List<Count> counts(TaskTable table) {
        Map<String, Map<TaskInfo.State, Long>> functions = table.counts().stream()
                .collect(Collectors.groupingBy(
                        TaskTable.Count::function,
                        TreeMap::new,
                        Collectors.groupingBy(
                                TaskTable.Count::state, TreeMap::new, Collectors.summingLong(TaskTable.Count::tasks))));
        return functions.entrySet().stream()
                .flatMap(function -> function.getValue().entrySet().stream()
                        .map(state ->
                                new Count(function.getKey(), state.getKey().name(), state.getValue(), 0)))
                .toList();
    }

    /** Counts things by group and state. */
    static <T> List<Count> counts(
            List<T> things, Function<T, String> group, Function<T, Object> state, Function<T, Long> bytes) {
        Map<String, Map<String, List<T>>> groups = things.stream()
                .collect(Collectors.groupingBy(
                        group,
                        TreeMap::new,
                        Collectors.groupingBy(
                                thing -> state.apply(thing).toString(), TreeMap::new, Collectors.toList())));
        return groups.entrySet().stream()
                .flatMap(one -> one.getValue().entrySet().stream()
                        .map(same -> new Count(
                                one.getKey(),
                                same.getKey(),
                                same.getValue().size(),
                                same.getValue().stream().mapToLong(bytes::apply).sum())))
                .toList();
    }

    private static <T> Column<T> id(String key, Function<T, Object> value) {
        return new Column<>(key, Kind.ID, value);
    }

    private static Object positive(long number) {
        return number > 0 ? number : null;
    }
}

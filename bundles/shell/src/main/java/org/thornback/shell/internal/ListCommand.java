// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.cluster.ClusterSnapshot;
import org.thornback.api.cluster.ClusterTables;
import org.thornback.api.cluster.ClusterView;
import org.thornback.api.cluster.NodeStatus;
import org.thornback.api.cluster.TaskInfo;
import org.thornback.api.cluster.TaskTable;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.store.ObjectInfo;
import org.thornback.api.store.ObjectStore;
import org.thornback.shell.internal.Column.Kind;

/**
 * {@code ray list}, {@code get}, {@code summary}, and each kind of thing by its own word: asks raylet and store for what there
 * is. Safe from any thread.
 */
@Component(
        service = NodeCommand.class,
        property = {
            NodeCommand.NAME + "=list",
            NodeCommand.NAME + "=get",
            NodeCommand.NAME + "=summary",
            NodeCommand.NAME + "=nodes",
            NodeCommand.NAME + "=jobs",
            NodeCommand.NAME + "=tasks",
            NodeCommand.NAME + "=leases",
            NodeCommand.NAME + "=actors",
            NodeCommand.NAME + "=objects",
            NodeCommand.NAME + "=workers",
            NodeCommand.NAME + "=resources"
        })
public final class ListCommand extends CheckedCommand {
    /** Of each owner, of those that are over and of those that are not. */
    static final int MOST_TASKS = 1_000;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ClusterView view;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ClusterTables tables;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ObjectStore store;

    /** Waits for somebody to ask. */
    @Activate
    public ListCommand() {
        super("list");
    }

    @Override
    int answer(String word, Words words, PrintStream out, PrintStream err) {
        String kind = words.argument(0).orElse(word);
        if (kind.equals("tasks") || kind.equals("task")) {
            tasks(word, words, out, err);
            return 0;
        }
        out.print(
                switch (word) {
                    case "get" -> one(kind, words.argument(1).orElseThrow()).details(words.has("--json"));
                    case "summary" -> summary(kind).text(words);
                    default -> all(kind).text(words);
                });
        return 0;
    }

    /** Tasks come from their owners: what is missing of them is said, too. */
    private void tasks(String word, Words words, PrintStream out, PrintStream err) {
        TaskTable table = Question.raylet(tables, known -> known.tasks(word.equals("summary") ? 0 : MOST_TASKS));
        Listing<TaskInfo> all = Listings.tasks(table);
        out.print(
                switch (word) {
                    case "get" ->
                        only(all, "task", words.argument(1).orElseThrow()).details(words.has("--json"));
                    case "summary" -> summary(table).text(words);
                    default -> all.text(words);
                });
        if (table.silent() > 0) {
            err.println("ray " + word + ": " + table.silent() + " processes that may own tasks did not answer within a"
                    + " second; theirs are missing.");
        }
        long counted = table.counts().stream().mapToLong(TaskTable.Count::tasks).sum();
        if (!word.equals("summary")
                && !word.equals("get")
                && counted > table.tasks().size()) {
            err.println("ray " + word + ": " + (counted - table.tasks().size())
                    + " more are not shown; `ray summary tasks` counts all.");
        }
    }

    private static Listing<Listings.Count> summary(TaskTable table) {
        return new Listing<>(
                List.of(
                        new Column<>("function", Kind.TEXT, Listings.Count::group),
                        new Column<>("state", Kind.WORD, Listings.Count::state),
                        new Column<>("count", Kind.NUMBER, Listings.Count::count)),
                Listings.counts(table));
    }

    private Listing<?> all(String kind) {
        return switch (kind) {
            case "nodes" -> Listings.nodes(status());
            case "jobs" -> Listings.jobs(snapshot());
            case "leases" -> Listings.leases(snapshot());
            case "actors" -> Listings.actors(snapshot());
            case "objects" -> Listings.objects(objects());
            case "workers" -> Listings.workers(snapshot());
            default -> Listings.resources(status());
        };
    }

    /** The listing of a kind with the one thing that is meant, named by its first column, a name or a process. */
    private Listing<?> one(String kind, String id) {
        return only(all(kind + "s"), kind, id);
    }

    private static <T> Listing<T> only(Listing<T> all, String kind, String id) {
        List<Column<T>> naming = Stream.concat(
                        all.columns().stream().limit(1),
                        all.columns().stream()
                                .filter(column ->
                                        List.of("name", "pid", "driverPid").contains(column.key())))
                .toList();
        T thing = Named.one(
                id,
                all.things(),
                one -> naming.stream().map(column -> column.text(one)).toList(),
                kind,
                "ray list " + kind + "s");
        return new Listing<>(all.columns(), List.of(thing));
    }

    private Listing<Listings.Count> summary(String kind) {
        Column<Listings.Count> state = new Column<>("state", Kind.WORD, Listings.Count::state);
        Column<Listings.Count> count = new Column<>("count", Kind.NUMBER, Listings.Count::count);
        return switch (kind) {
            case "actors" ->
                new Listing<>(
                        List.of(new Column<>("className", Kind.TEXT, Listings.Count::group), state, count),
                        Listings.counts(
                                snapshot().actors(), actor -> actor.className(), actor -> actor.state(), actor -> 0L));
            default ->
                new Listing<>(
                        List.of(state, count, new Column<>("bytes", Kind.BYTES, Listings.Count::bytes)),
                        Listings.counts(
                                objects(),
                                object -> "",
                                ObjectInfo::state,
                                object -> object.dataSize() + object.metadataSize()));
        };
    }

    private NodeStatus status() {
        return Question.raylet(view, ClusterView::status);
    }

    private ClusterSnapshot snapshot() {
        return Question.raylet(tables, ClusterTables::snapshot);
    }

    private List<ObjectInfo> objects() {
        return Question.ask(store, Question.STORE, ObjectStore::list);
    }
}

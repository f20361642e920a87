// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.cluster.ActorInfo;
import org.thornback.api.cluster.ClusterSnapshot;
import org.thornback.api.cluster.ClusterTables;
import org.thornback.api.cluster.LeaseInfo;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.scheduling.LeaseRequest;
import org.thornback.api.scheduling.Shortage;

/** {@code ray why}: says what a task or an actor waits for, and who holds it. Safe from any thread. */
@Component(service = NodeCommand.class, property = NodeCommand.NAME + "=why")
public final class WhyCommand extends CheckedCommand {
    private static final int SHOWN = 5;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ClusterTables tables;

    /** Waits for somebody to ask. */
    @Activate
    public WhyCommand() {
        super("why");
    }

    /** What may wait, and what can be said about it. */
    private record Subject(List<String> names, String sentence) {}

    @Override
    int answer(String word, Words words, PrintStream out, PrintStream err) {
        ClusterSnapshot snapshot = Question.raylet(tables, ClusterTables::snapshot);
        Optional<String> id = words.argument(0);
        if (id.isPresent()) {
            out.println(Named.one(id.get(), subjects(snapshot), Subject::names, "task or actor", "ray why")
                    .sentence());
            return 0;
        }
        List<LeaseInfo> waiting = snapshot.leases().stream()
                .filter(lease -> lease.worker().isEmpty())
                .toList();
        waiting.forEach(lease -> out.println(sentence(lease, snapshot)));
        if (waiting.isEmpty()) {
            out.println("Nothing waits for a worker.");
        }
        return 0;
    }

    private static List<Subject> subjects(ClusterSnapshot snapshot) {
        return Stream.concat(
                        Listings.leasesOf(snapshot).stream()
                                .map(lease -> new Subject(
                                        List.of(Long.toString(lease.request().id())), sentence(lease, snapshot))),
                        snapshot.actors().stream().map(actor -> new Subject(names(actor), sentence(actor, snapshot))))
                .toList();
    }

    /** What users call an actor; a dead one has lost its name. */
    static List<String> names(ActorInfo actor) {
        boolean named = !actor.name().isEmpty() && actor.state() != ActorInfo.State.DEAD;
        return named
                ? List.of(actor.id().hex(), actor.name())
                : List.of(actor.id().hex());
    }

    private static String sentence(ActorInfo actor, ClusterSnapshot snapshot) {
        String who = "Actor " + actor.id().hex() + " (" + actor.className() + ", job " + actor.jobId() + ") ";
        Optional<LeaseInfo> lease = snapshot.leases().stream()
                .filter(one -> one.request().id() == actor.leaseId())
                .findFirst();
        return switch (actor.state()) {
            case ALIVE -> who + "does not wait: it takes calls in pid=" + actor.pid() + ".";
            case DEAD -> who + "is dead: " + actor.cause() + ".";
            case PENDING, RESTARTING -> {
                String again = actor.cause().isEmpty() ? "" : " It is constructed again since " + actor.cause() + ".";
                yield (actor.worker().isPresent()
                                ? who + "waits for its constructor, which runs in pid=" + actor.pid()
                                        + ": `ray stack` shows where."
                                : lease.map(one -> sentence(one, snapshot))
                                        .orElse(who + "has lost its worker, and will ask for another."))
                        + again;
            }
        };
    }

    private static String sentence(LeaseInfo lease, ClusterSnapshot snapshot) {
        LeaseRequest request = lease.request();
        String who = (request.kind() == LeaseRequest.Kind.ACTOR ? "Actor " : "Task ") + request.function() + " (lease "
                + request.id() + ", job " + request.jobId() + ") ";
        return who
                + switch (lease.state()) {
                    case RUNNING -> "does not wait: it runs in pid=" + lease.pid() + ".";
                    case BLOCKED ->
                        "runs in pid=" + lease.pid() + " and waits there for others; its CPUs are free meanwhile.";
                    case STARTING -> "has its turn and waits for a worker process to start.";
                    case WAITING ->
                        lease.shortage()
                                .map(shortage -> waits(request, shortage, snapshot))
                                .orElse("is granted next.");
                };
    }

    private static String waits(LeaseRequest request, Shortage shortage, ClusterSnapshot snapshot) {
        String wants = "wants {" + Column.amounts(request.resources()) + "}";
        String missing = "{" + Column.amounts(shortage.missing()) + "}";
        return switch (shortage.kind()) {
            case NEVER ->
                wants + " and no node has that: " + missing
                        + " is missing whoever gives something back. It waits until a node with enough joins.";
            case NOW ->
                wants + " and " + missing + " of it is not free now" + holders(snapshot, shortage.missing()) + ".";
            case TURN ->
                "wants no resources, and as many tasks that want none run as the node has CPUs"
                        + holders(snapshot, Map.of()) + ".";
        };
    }

    /** Who holds any of what is missing; those that hold nothing when nothing is. */
    private static String holders(ClusterSnapshot snapshot, Map<String, Long> missing) {
        List<String> holders = new ArrayList<>();
        for (LeaseInfo lease : snapshot.leases()) {
            Map<String, Long> held = lease.request().resources();
            boolean granted = lease.state() != LeaseInfo.State.WAITING;
            boolean holds = missing.isEmpty()
                    ? lease.request().withoutResources()
                    : missing.keySet().stream().anyMatch(held::containsKey);
            if (granted && holds) {
                holders.add(lease.request().function() + " (lease "
                        + lease.request().id()
                        + (lease.pid() == 0 ? "" : ", pid=" + lease.pid())
                        + (held.isEmpty() ? "" : ", {" + Column.amounts(held) + "}") + ")");
            }
        }
        return holders.isEmpty()
                ? ""
                : ": held by " + holders.stream().limit(SHOWN).collect(Collectors.joining(", "))
                        + (holders.size() > SHOWN ? " and " + (holders.size() - SHOWN) + " more" : "");
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.util.List;
import java.util.Optional;
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
import org.thornback.api.cluster.ClusterView;
import org.thornback.api.cluster.JobInfo;
import org.thornback.api.command.CommandCatalogue;
import org.thornback.api.command.CommandParameter.Subject;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.scheduling.SchedulingPolicies;
import org.thornback.api.session.Session;
import org.thornback.api.store.ObjectStore;
import org.thornback.api.store.StoreBackends;

/** The things a word may name, for its completion. Whatever is away names nothing. Safe from any thread. */
@Component(service = Subjects.class)
public final class Subjects {
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

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Session session;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Configuration configuration;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile SchedulingPolicies policies;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile StoreBackends backends;

    /** Waits for somebody to ask. */
    @Activate
    public Subjects() {}

    /**
     * What there is.
     *
     * @param subject what is named.
     * @param before  the word before, for {@link Subject#OF_KIND} and {@link Subject#SETTING}.
     * @param begun   the word so far.
     * @return names, a remark behind a tabulator where there is one.
     */
    List<String> names(Subject subject, String before, String begun) {
        return switch (subject) {
            case MORTAL ->
                Stream.of(actors(true), workers(), jobs()).flatMap(all -> all).toList();
            case WAITING -> Stream.concat(actors(false), leases()).toList();
            case WORKER -> workers().toList();
            case LOG -> LogsCommand.names(Question.there(session, "the session").logs());
            case OPTION -> options(begun);
            case SETTING ->
                option(before)
                        .map(this::values)
                        .orElseGet(() -> options(begun).stream())
                        .toList();
            case BACKEND -> backends().toList();
            case POLICY -> policies().toList();
            case OF_KIND -> ofKind(before);
            case LOCAL_FILE -> List.of(CommandCatalogue.LOCAL_FILES);
            case NONE, COMMAND -> List.of();
        };
    }

    private List<String> options(String begun) {
        int equals = begun.indexOf('=');
        String name = equals < 0 ? "" : begun.substring(0, equals);
        return equals < 0
                ? Question.there(configuration, "the configuration").explainAll().stream()
                        .map(one -> one.option().name() + "\t" + one.option().description())
                        .toList()
                : option(name).stream()
                        .flatMap(this::values)
                        .map(value -> name + "=" + value)
                        .toList();
    }

    private static Optional<Option<?>> option(String name) {
        return OptionCatalogue.ALL.stream()
                .filter(option -> option.name().equals(name))
                .findFirst();
    }

    private Stream<String> values(Option<?> option) {
        if (option.equals(OptionCatalogue.SCHEDULER_POLICY)) {
            return policies();
        }
        return option.equals(OptionCatalogue.PLASMA_BACKEND) ? backends() : option.words().stream();
    }

    private Stream<String> backends() {
        return Question.there(backends, Question.STORE).list().stream().map(StoreBackends.Entry::name);
    }

    private Stream<String> policies() {
        return Question.there(policies, Question.SCHEDULER).list().stream().map(SchedulingPolicies.Entry::name);
    }

    private List<String> ofKind(String kind) {
        return switch (kind) {
            case "actor" -> actors(false).toList();
            case "worker" -> workers().toList();
            case "job" -> jobs().toList();
            case "task" -> tasks().toList();
            case "lease" -> leases().toList();
            case "object" ->
                Question.ask(store, Question.STORE, ObjectStore::list).stream()
                        .map(object -> object.id() + "\t" + StatusPage.bytes(object.dataSize()))
                        .toList();
            case "node" ->
                List.of(Question.raylet(view, ClusterView::status).node().nodeId());
            case "resource" ->
                Question.raylet(view, ClusterView::status).total().keySet().stream()
                        .sorted()
                        .toList();
            default -> List.of();
        };
    }

    private Stream<String> actors(boolean living) {
        return snapshot().actors().stream()
                .filter(actor -> !living || actor.state() != ActorInfo.State.DEAD)
                .flatMap(actor -> WhyCommand.names(actor).stream()
                        .map(name -> name + "\t" + actor.className() + ", " + actor.state()));
    }

    private Stream<String> workers() {
        return snapshot().workers().stream()
                .map(worker -> worker.id().hex() + "\tpid=" + worker.pid() + ", " + worker.state());
    }

    private Stream<String> jobs() {
        return snapshot().jobs().stream()
                .filter(job -> job.state() == JobInfo.State.RUNNING)
                .map(job -> job.id() + "\t" + job.entrypoint());
    }

    private Stream<String> tasks() {
        return Question.raylet(tables, known -> known.tasks(ListCommand.MOST_TASKS)).tasks().stream()
                .map(task -> task.id().hex() + "\t" + task.name() + ", " + task.state());
    }

    private Stream<String> leases() {
        return Listings.leasesOf(snapshot()).stream()
                .map(lease -> lease.request().id() + "\t" + lease.request().function() + ", " + lease.state());
    }

    private ClusterSnapshot snapshot() {
        return Question.raylet(tables, ClusterTables::snapshot);
    }
}

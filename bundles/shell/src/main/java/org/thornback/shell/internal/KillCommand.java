// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
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
import org.thornback.api.cluster.JobInfo;
import org.thornback.api.command.CommandProtocol;
import org.thornback.api.command.NodeCommand;

/** {@code ray kill}: lets the raylet end an actor, a worker or a job, when the user agrees. Safe from any thread. */
@Component(service = NodeCommand.class, property = NodeCommand.NAME + "=kill")
public final class KillCommand extends CheckedCommand {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ClusterTables tables;

    /** Waits for somebody to ask. */
    @Activate
    public KillCommand() {
        super("kill");
    }

    /** What can be ended, what is said about it, and how it is done. */
    private record Mortal(List<String> names, String text, Supplier<CompletionStage<Boolean>> end) {}

    @Override
    int answer(String word, Words words, PrintStream out, PrintStream err) {
        ClusterTables asked = tables;
        ClusterSnapshot snapshot = Question.raylet(asked, ClusterTables::snapshot);
        Mortal mortal = Named.one(
                words.argument(0).orElseThrow(),
                mortals(asked, snapshot),
                Mortal::names,
                "living actor, worker or job of",
                "ray list actors|workers|jobs");
        if (!words.has("--yes")) {
            err.println("ray kill: this ends " + mortal.text() + "; `--yes` does it.");
            return CommandProtocol.UNCONFIRMED;
        }
        if (!Question.raylet(asked, there -> mortal.end().get())) {
            throw RefusedException.because(mortal.text() + " was not there any more, or is a part of this node.");
        }
        out.println("Ended " + mortal.text() + ".");
        return 0;
    }

    private static List<Mortal> mortals(ClusterTables tables, ClusterSnapshot snapshot) {
        var runs = Listings.runs(snapshot);
        Stream<Mortal> actors = snapshot.actors().stream()
                .filter(actor -> actor.state() != ActorInfo.State.DEAD)
                .map(actor -> new Mortal(
                        WhyCommand.names(actor),
                        "actor " + actor.id().hex() + " (" + actor.className() + " of job " + actor.jobId()
                                + "), for good",
                        () -> tables.killActor(actor.id())));
        Stream<Mortal> workers = snapshot.workers().stream()
                .map(worker -> new Mortal(
                        List.of(worker.id().hex(), "pid=" + worker.pid()),
                        "worker " + worker.id().hex() + " (pid=" + worker.pid()
                                + (runs.containsKey(worker.id()) ? ", runs " + runs.get(worker.id()) : ", idle") + ")",
                        () -> tables.killWorker(worker.id())));
        Stream<Mortal> jobs = snapshot.jobs().stream()
                .filter(job -> job.state() == JobInfo.State.RUNNING)
                .map(job -> new Mortal(
                        List.of(Integer.toString(job.id())),
                        "job " + job.id() + " (" + job.entrypoint() + ", driver pid=" + job.driverPid() + ")",
                        () -> tables.killJob(job.id())));
        return Stream.of(actors, workers, jobs).flatMap(all -> all).toList();
    }
}

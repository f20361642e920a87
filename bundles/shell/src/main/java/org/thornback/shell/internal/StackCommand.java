// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.cluster.ClusterSnapshot;
import org.thornback.api.cluster.ClusterTables;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.id.BinaryId;
import org.thornback.api.worker.WorkerInfo;

/** {@code ray stack}: lets the JDK's own {@code jcmd} say what the threads of workers do. Safe from any thread. */
@Component(service = NodeCommand.class, property = NodeCommand.NAME + "=stack")
public final class StackCommand extends CheckedCommand {
    private static final int SECONDS = 10;

    private final Path jcmd;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ClusterTables tables;

    /**
     * Waits for somebody to ask.
     *
     * @param context knows the JDK of the node.
     */
    @Activate
    public StackCommand(BundleContext context) {
        super("stack");
        String java = context.getProperty("thornback.java");
        Path program = java == null ? Path.of(System.getProperty("java.home"), "bin", "java") : Path.of(java);
        jcmd = requireNonNull(program.getParent(), "directory of java").resolve("jcmd");
    }

    /** A process to be looked at. */
    private record Target(String heading, long pid) {}

    @Override
    public boolean endsWithItsUser() {
        return true;
    }

    @Override
    int answer(String word, Words words, PrintStream out, PrintStream err) {
        List<Target> targets =
                targets(Question.raylet(tables, ClusterTables::snapshot), words.argument(0), words.has("--all"));
        if (!Files.isExecutable(jcmd)) {
            throw RefusedException.because("the JDK of this node has no " + jcmd + ": run the node on a whole JDK.");
        }
        if (targets.isEmpty()) {
            out.println("No worker works; `ray stack --all` shows the idle ones, too.");
        }
        int status = 0;
        for (Target target : targets) {
            out.println("======== " + target.heading() + " ========");
            Optional<String> problem = dump(target.pid(), out);
            problem.ifPresent(sentence -> err.println("ray stack: " + sentence));
            status = problem.isPresent() ? 1 : status;
            out.println();
        }
        return status;
    }

    private static List<Target> targets(ClusterSnapshot snapshot, Optional<String> wanted, boolean all) {
        Map<BinaryId, String> runs = Listings.runs(snapshot);
        List<Target> targets = new ArrayList<>();
        if (wanted.isPresent()) {
            WorkerInfo worker = Named.one(
                    wanted.get(),
                    snapshot.workers(),
                    one -> List.of(one.id().hex(), Long.toString(one.pid())),
                    "worker",
                    "ray list workers");
            targets.add(target(worker, runs));
            return targets;
        }
        snapshot.workers().stream()
                .filter(worker -> all || runs.containsKey(worker.id()))
                .forEach(worker -> targets.add(target(worker, runs)));
        if (all) {
            long pid = ProcessHandle.current().pid();
            targets.add(new Target("node pid=" + pid, pid));
        }
        return targets;
    }

    private static Target target(WorkerInfo worker, Map<BinaryId, String> runs) {
        String job = worker.jobId() == 0 ? "" : " job " + worker.jobId();
        return new Target(
                "worker pid=" + worker.pid() + job + " " + runs.getOrDefault(worker.id(), "idle"), worker.pid());
    }

    /** Prints the threads of a process; says why when it cannot. */
    private Optional<String> dump(long pid, PrintStream out) {
        try {
            Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "Thread.print")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            process.onExit()
                    .completeOnTimeout(process, SECONDS, TimeUnit.SECONDS)
                    .thenAccept(Process::destroyForcibly);
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() == 0) {
                out.print(text);
                return Optional.empty();
            }
            return Optional.of("pid=" + pid + " did not answer: "
                    + text.lines().reduce((first, last) -> last).orElse("it took longer than " + SECONDS + " s"));
        } catch (IOException failed) {
            return Optional.of(jcmd + " does not run: " + failed.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted.");
        }
    }
}

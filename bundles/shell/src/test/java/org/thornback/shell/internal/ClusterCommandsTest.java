// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.cluster.ActorInfo;
import org.thornback.api.cluster.ClusterSnapshot;
import org.thornback.api.cluster.ClusterTables;
import org.thornback.api.cluster.ClusterView;
import org.thornback.api.cluster.JobInfo;
import org.thornback.api.cluster.LeaseInfo;
import org.thornback.api.cluster.TaskInfo;
import org.thornback.api.cluster.TaskTable;
import org.thornback.api.command.CommandCatalogue;
import org.thornback.api.command.CommandProtocol;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.LeaseRequest;
import org.thornback.api.scheduling.Shortage;
import org.thornback.api.session.Session;
import org.thornback.api.worker.WorkerInfo;
import org.thornback.testkit.FelixExtension;
import org.thornback.testkit.GivenCommands;
import org.thornback.testkit.GivenCommands.Reply;
import org.thornback.testkit.TestSession;

/** The commands that look at what runs, asked in the real bundle. */
class ClusterCommandsTest {
    private static final BinaryId WORKER = BinaryId.ofHex("aa".repeat(28));
    private static final BinaryId ACTOR = BinaryId.ofHex("abcd" + "11".repeat(14));
    private static final BinaryId OTHER = BinaryId.ofHex("abcd" + "22".repeat(14));
    private static final Map<String, Long> ONE_CPU = Map.of("CPU", 10_000L);

    private static final BinaryId TASK = BinaryId.ofHex("beef" + "11".repeat(22));
    private static final List<TaskInfo> TASKS = List.of(
            new TaskInfo(
                    TASK,
                    1,
                    "Main.train",
                    "epoch 3",
                    TaskInfo.Type.NORMAL_TASK,
                    TaskInfo.State.RUNNING,
                    0,
                    Optional.of(WORKER),
                    777,
                    Optional.of(Instant.EPOCH),
                    Optional.empty()),
            new TaskInfo(
                    BinaryId.ofHex("beef" + "22".repeat(22)),
                    1,
                    "Main.wait",
                    "Main.wait",
                    TaskInfo.Type.NORMAL_TASK,
                    TaskInfo.State.PENDING_ARGS_AVAIL,
                    0,
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    Optional.empty()));
    private static final List<TaskTable.Count> COUNTS = List.of(
            new TaskTable.Count("Main.train", TaskInfo.State.RUNNING, 1),
            new TaskTable.Count("Main.train", TaskInfo.State.FINISHED, 5),
            new TaskTable.Count("Main.train", TaskInfo.State.FINISHED, 7),
            new TaskTable.Count("Main.wait", TaskInfo.State.PENDING_ARGS_AVAIL, 1));

    @RegisterExtension
    final FelixExtension felix = new FelixExtension()
            .componentRuntime()
            .bundles("org.apache.felix.gogo.runtime", "com.google.gson", "org.thornback.shell");

    @TempDir
    Path directory;

    private final List<Object> killed = new ArrayList<>();
    private GivenCommands commands;

    private final class Tables implements ClusterTables {
        @Override
        public CompletionStage<ClusterSnapshot> snapshot() {
            return CompletableFuture.completedFuture(ClusterCommandsTest.snapshot());
        }

        @Override
        public CompletionStage<TaskTable> tasks(int most) {
            return CompletableFuture.completedFuture(
                    new TaskTable(most == 0 ? List.of() : TASKS, COUNTS, most == 0 ? 0 : 1));
        }

        @Override
        public CompletionStage<Boolean> killActor(BinaryId actor) {
            return CompletableFuture.completedFuture(killed.add(actor));
        }

        @Override
        public CompletionStage<Boolean> killWorker(BinaryId worker) {
            return CompletableFuture.completedFuture(killed.add(worker));
        }

        @Override
        public CompletionStage<Boolean> killJob(int jobId) {
            return CompletableFuture.completedFuture(false);
        }
    }

    @BeforeEach
    void register() {
        commands = GivenCommands.offeredIn(felix.context());
        felix.context().registerService(Session.class, new TestSession(directory), null);
        felix.context().registerService(ClusterTables.class, new Tables(), null);
        ClusterView view = () -> CompletableFuture.completedFuture(
                StatusPageTest.status(Map.of("CPU", 20_000L), Map.of("CPU", 5_000L), List.of()));
        felix.context().registerService(ClusterView.class, view, null);
    }

    private static ClusterSnapshot snapshot() {
        return new ClusterSnapshot(
                List.of(
                        new JobInfo(1, 501, "Main", "space", JobInfo.State.RUNNING),
                        new JobInfo(2, 502, "Gone", "space", JobInfo.State.FINISHED)),
                List.of(
                        actor(ACTOR, "counter", ActorInfo.State.ALIVE, Optional.of(WORKER), ""),
                        actor(OTHER, "", ActorInfo.State.DEAD, Optional.empty(), "it was killed")),
                List.of(
                        lease(3, "Main.train", ONE_CPU, LeaseInfo.State.RUNNING, Optional.empty()),
                        lease(
                                4,
                                "Main.wait",
                                ONE_CPU,
                                LeaseInfo.State.WAITING,
                                Optional.of(new Shortage(Shortage.Kind.NOW, Map.of("CPU", 5_000L)))),
                        lease(
                                5,
                                "Main.never",
                                Map.of("GPU", 20_000L),
                                LeaseInfo.State.WAITING,
                                Optional.of(new Shortage(Shortage.Kind.NEVER, Map.of("GPU", 20_000L))))),
                List.of(new WorkerInfo(WORKER, 777, 1, WorkerInfo.State.BUSY)));
    }

    private static ActorInfo actor(
            BinaryId id, String name, ActorInfo.State state, Optional<BinaryId> worker, String cause) {
        return new ActorInfo(
                id,
                1,
                "Counter",
                name,
                "space",
                false,
                state,
                0,
                ONE_CPU,
                9,
                worker,
                worker.isEmpty() ? 0 : 777,
                cause);
    }

    private static LeaseInfo lease(
            long id, String function, Map<String, Long> resources, LeaseInfo.State state, Optional<Shortage> shortage) {
        boolean runs = state == LeaseInfo.State.RUNNING;
        return new LeaseInfo(
                new LeaseRequest(id, 1, LeaseRequest.Kind.TASK, resources, function),
                state,
                runs ? Optional.of(WORKER) : Optional.empty(),
                runs ? 777 : 0,
                shortage);
    }

    private Reply ray(String... words) {
        return commands.run(words);
    }

    private JsonArray json(String... words) throws IOException {
        Reply reply = ray(words);
        assertThat(reply.status()).as(reply.toString()).isZero();
        return JsonParser.parseString(reply.out()).getAsJsonArray();
    }

    private void refuses(int status, String sentence, String... words) throws IOException {
        assertThat(ray(words)).isEqualTo(new Reply("", sentence + "\n", status));
    }

    @Test
    void shouldListWhatThereIsAsATableAndAsJson() throws IOException {
        assertThat(ray("actors").out().lines())
                .hasSize(3)
                .anyMatch(line -> line.matches(ACTOR.hex() + "  ALIVE +1 +Counter +counter +777 .*CPU: 1"))
                .anyMatch(line -> line.startsWith(OTHER.hex() + "  DEAD") && line.endsWith("it was killed"));
        JsonObject actor = json("list", "actors", "--json").get(0).getAsJsonObject();
        assertThat(actor.get("actorId").getAsString()).isEqualTo(ACTOR.hex());
        assertThat(actor.get("pid").getAsLong()).isEqualTo(777);
        assertThat(actor.get("resources").getAsJsonObject().get("CPU").getAsDouble())
                .isEqualTo(1);
        assertThat(json("jobs", "--json")).hasSize(2);
        assertThat(json("leases", "--json")).hasSize(3);
        assertThat(ray("workers").out()).containsPattern(WORKER.hex() + " +777  BUSY +1  Main.train");
        assertThat(ray("resources").out()).containsPattern("CPU +2 +0.5 +1.5");
        assertThat(ray("nodes").out()).containsPattern("abc123 +10.0.0.1 +ALIVE +yes");
        JsonObject status =
                JsonParser.parseString(ray("status", "--json").out()).getAsJsonObject();
        assertThat(status.get("available").getAsJsonObject().get("CPU").getAsDouble())
                .isEqualTo(0.5);
        assertThat(status.has("store")).as("the store is away").isFalse();
    }

    @Test
    void shouldListTasksAsTheirOwnersTellThemAndSayWhatIsMissing() throws IOException {
        Reply reply = ray("tasks");
        assertThat(reply.out().lines())
                .hasSize(3)
                .anyMatch(line -> line.matches(TASK.hex()
                        + "  RUNNING +1 +epoch 3 +Main.train +NORMAL_TASK +0 +777 +" + WORKER.hex()
                        + " +1970-01-01T00:00:00Z *"));
        assertThat(reply.err())
                .isEqualTo("ray tasks: 1 processes that may own tasks did not answer within a second; theirs are"
                        + " missing.\n"
                        + "ray tasks: 12 more are not shown; `ray summary tasks` counts all.\n");
        assertThat(json("list", "tasks", "--json")).hasSize(2);
        assertThat(ray("get", "task", "beef11").out()).contains(TASK.hex()).contains("epoch 3");
        assertThat(ray("get", "lease", "3").out()).contains("Main.train");
        JsonArray counts = json("summary", "tasks", "--json");
        assertThat(counts).hasSize(3);
        JsonObject finished = counts.get(1).getAsJsonObject();
        assertThat(finished.get("state").getAsString()).isEqualTo("FINISHED");
        assertThat(finished.get("count").getAsLong()).isEqualTo(12);
    }

    @Test
    void shouldShowIdsThatCanBePastedBackWhenTheTerminalIsNarrow() throws IOException {
        String shown =
                ray("actors", "--width=80").out().lines().skip(1).findFirst().orElseThrow();
        String id = shown.substring(0, shown.indexOf(' '));
        assertThat(id).isEqualTo("abcd1111");

        Reply one = ray("get", "actor", id);

        assertThat(one.out()).contains("ACTOR ID").contains(ACTOR.hex());
        assertThat(ray("get", "actor", "counter")).as("by name").isEqualTo(one);
        refuses(
                1,
                "ray get: id=abcd means 2 of them, " + ACTOR.hex() + ", " + OTHER.hex() + ": give more of the id.",
                "get",
                "actor",
                "abcd");
        refuses(
                1,
                "ray get: there is no actor id=ffff; `ray list actors` shows what there is.",
                "get",
                "actor",
                "ffff");
        refuses(2, "ray get: ID is missing: give `ray get KIND ID [--json] [--width=COLUMNS]`.", "get", "actor");
    }

    @Test
    void shouldSayWhyThingsWaitAndWhoHoldsWhatTheyWant() throws IOException {
        assertThat(ray("why", "4").out())
                .isEqualTo(
                        "Task Main.wait (lease 4, job 1) wants {CPU: 1} and {CPU: 0.5} of it is not free now: held by"
                                + " Main.train (lease 3, pid=777, {CPU: 1}).\n");
        assertThat(ray("why", "5").out())
                .startsWith(
                        "Task Main.never (lease 5, job 1) wants {GPU: 2} and no node has that: {GPU: 2} is missing");
        assertThat(ray("why", "counter").out()).contains("does not wait: it takes calls in pid=777");
        assertThat(ray("why", OTHER.hex()).out()).contains("is dead: it was killed");
        assertThat(ray("why").out().lines()).hasSize(2);
    }

    @Test
    void shouldEndNothingBeforeTheUserAgrees() throws IOException {
        Reply asked = ray("kill", "counter");
        assertThat(asked.status()).isEqualTo(CommandProtocol.UNCONFIRMED);
        assertThat(asked.err())
                .startsWith("ray kill: this ends actor " + ACTOR.hex())
                .hasLineCount(1);
        assertThat(killed).isEmpty();

        assertThat(ray("kill", "counter", "--yes").status()).isZero();
        assertThat(ray("kill", WORKER.hex().substring(0, 6), "--yes").status()).isZero();

        assertThat(killed).containsExactly(ACTOR, WORKER);
        refuses(
                1,
                "ray kill: job 1 (Main, driver pid=501) was not there any more, or is a part of this node.",
                "kill",
                "1",
                "--yes");
        assertThat(ray("kill", OTHER.hex(), "--yes").err()).contains("there is no living actor");
    }

    @Test
    void shouldShowLogFilesAndNothingOutsideTheirDirectory() throws IOException {
        Files.writeString(directory.resolve("raylet.out"), "1\n2\n3\n");

        assertThat(ray("logs").out()).containsPattern("raylet.out +6B");
        assertThat(ray("logs", "--width=40").out())
                .contains("raylet.out    6B  20")
                .doesNotContain("…");
        Files.writeString(directory.resolve("worker-" + ACTOR.hex() + ".err"), "4\n");
        assertThat(ray("logs", "--width=45").out().lines())
                .as("size and date of a long name")
                .anySatisfy(line -> assertThat(line).matches("worker-[^ ]*…    2B  20.*Z"));
        assertThat(ray("logs", "raylet.out", "--tail=1").out()).isEqualTo("3\n");
        assertThat(ray("logs", "rayl").out()).isEqualTo("1\n2\n3\n");
        refuses(
                1,
                "ray logs: there is no log file id=../../etc/passwd; `ray logs` shows what there is.",
                "logs",
                "../../etc/passwd");
        refuses(2, "ray logs: FILE is missing: `ray logs` lists the files.", "logs", "--follow");
    }

    @Test
    void shouldShowWhatALogGetsWhileItIsFollowedInTheFelixShell() throws Exception {
        Path log = Files.writeString(directory.resolve("raylet.out"), "1\n2\n");
        PipedOutputStream shown = new PipedOutputStream();
        BufferedReader seen = new BufferedReader(new InputStreamReader(new PipedInputStream(shown)));
        Thread user = Thread.ofPlatform()
                .start(() -> commands.run(
                        new PrintStream(shown, true), System.err, "exec", "logs raylet.out --tail=1 --follow"));
        assertThat(seen.readLine()).isEqualTo("2");

        Files.writeString(log, "3\n", StandardOpenOption.APPEND);

        assertThat(seen.readLine()).isEqualTo("3");
        user.interrupt();
        user.join();
    }

    @Test
    void shouldCompleteCommandsOptionsIdsAndNames() throws IOException {
        assertThat(ray("complete", "ac").out()).isEqualTo("actors\tLists the actors.\n");
        assertThat(ray("complete", "ray:act").out()).isEqualTo("ray:actors\n");
        assertThat(ray("complete", "list", "ta").out()).isEqualTo("tasks\n");
        assertThat(ray("complete", "actors", "--j").out()).startsWith("--json\t");
        assertThat(ray("complete", "kill", "co").out()).isEqualTo("counter\tCounter, ALIVE\n");
        assertThat(ray("complete", "kill", "abc").out()).isEqualTo(ACTOR.hex() + "\tCounter, ALIVE\n");
        assertThat(ray("complete", "get", "worker", "").out()).startsWith(WORKER.hex() + "\tpid=777");
        assertThat(ray("complete", "why", "").out()).contains("4\tMain.wait, WAITING");
        assertThat(ray("complete", "stop", "org.thornback.sh").out()).startsWith("org.thornback.shell\tbundle ");
        assertThat(ray("complete", "config", "get", "x")).isEqualTo(new Reply("", "", 1));
        assertThat(ray("complete", "").out()).doesNotContain("complete");
    }

    @Test
    void shouldLeaveTheCompletionOfFilesToWhoeverAsks() {
        assertThat(ray("complete", "deploy", "add", "so").out()).startsWith(CommandCatalogue.LOCAL_FILES + "\n");
        assertThat(ray("complete", "store", "use", "file", "--directory", "so").out())
                .isEqualTo(CommandCatalogue.LOCAL_FILES + "\n");
        assertThat(ray("complete", "config", "get", "so").out()).doesNotContain(CommandCatalogue.LOCAL_FILES);
    }

    @Test
    void shouldCompleteValuesOfOptions() {
        assertThat(ray("complete", "config", "set", "log-level=").out())
                .isEqualTo("log-level=TRACE\nlog-level=DEBUG\nlog-level=INFO\nlog-level=WARN\nlog-level=ERROR\n");
        assertThat(ray("complete", "config", "set", "log-level", "D").out()).isEqualTo("DEBUG\n");
        assertThat(ray("complete", "config", "set", "num-cpus=1", "num-gpus=2", "log-level=W")
                        .out())
                .isEqualTo("log-level=WARN\n");
        assertThat(ray("complete", "config", "set", "huge-pages=t").out()).isEqualTo("huge-pages=true\n");
        assertThat(ray("complete", "config", "set", "num-cpus=")).isEqualTo(new Reply("", "", 0));
    }

    @Test
    void shouldHelpWithEveryCommandAndParameter() throws IOException {
        assertThat(ray("help").out())
                .containsPattern("kill +Ends an actor, a worker or a job\\.")
                .doesNotContain("complete");
        assertThat(ray("help", "kill").out())
                .startsWith("ray kill ID [--yes]\nEnds an actor, a worker or a job.\n")
                .containsPattern("  --yes +Do it without asking\\.");
        assertThat(ray("help", "--width=60").out().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
        assertThat(ray("help", "--width=60").out().replaceAll("\\s+", " "))
                .contains("help Lists the commands, or says all about one.");
        assertThat(ray("help", "ray:list").out()).contains("One of nodes, jobs, tasks");
        assertThat(ray("help", "nonsense").status()).isEqualTo(1);
    }

    @Test
    void shouldRunInTheFelixShellWithTheWidthOfItsUser() throws IOException {
        assertThat(ray("exec", "--width=80", "actors").out()).contains("\nabcd1111  ALIVE");
        assertThat(ray("exec", "ray:kill counter").status()).isEqualTo(CommandProtocol.UNCONFIRMED);
        assertThat(ray("exec", "why 4 | grep nothing").err()).startsWith("ray exec: ");
    }
}

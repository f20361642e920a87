// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.Playground;
import org.thornback.itests.process.Running;
import org.thornback.itests.programs.Subject;
import org.thornback.testkit.Await;
import org.thornback.testkit.Distribution.Answer;

/** An operator looks at one node on which one program runs, from the command line and from a shell, and ends it at last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperatorIT {
    private static final String LOG_LINE = ",\\d{3} INFO ";

    @TempDir
    private static Path directory;

    private static Playground playground;
    private static Running program;
    private static String guestPid;

    @BeforeAll
    static void start() throws Exception {
        playground = new Playground(directory)
                .with("XDG_STATE_HOME", directory.resolve("state").toString());
        String address = playground.startHead("--num-cpus=1", "--object-store-memory=80000000");
        program = playground.startProgram(Subject.class, "-Dray.address=" + address);
        guestPid = program.awaitOutput("guest=(\\d+)").group(1);
        program.awaitOutput("busy pid=" + guestPid);
    }

    @AfterAll
    static void stop() {
        playground.close();
    }

    private static Answer done(String... words) throws IOException, InterruptedException {
        Answer answer = playground.ray(words);
        assertThat(answer.status()).as(answer.toString()).isZero();
        assertThat(answer.errors()).as(answer.toString()).isEmpty();
        return answer;
    }

    private static JsonArray json(String kind) throws IOException, InterruptedException {
        return JsonParser.parseString(done("list", kind, "--json").output()).getAsJsonArray();
    }

    private static JsonObject guest() throws IOException, InterruptedException {
        return json("actors").get(0).getAsJsonObject();
    }

    private static Answer typed(String lines, String command) throws IOException, InterruptedException {
        return playground.run(List.of("/bin/sh", "-c", "printf '" + lines + "' | " + command));
    }

    private static String shell() {
        return playground.rayCommand() + " shell";
    }

    @Test
    @Order(1)
    void shouldListWhatRunsAndFindItByTheBeginningOfItsId() throws Exception {
        JsonObject actor = guest();
        assertThat(actor.get("name").getAsString()).isEqualTo("guest");
        assertThat(actor.get("state").getAsString()).isEqualTo("ALIVE");
        assertThat(actor.get("pid").getAsString()).isEqualTo(guestPid);
        assertThat(json("jobs").get(0).getAsJsonObject().get("driverPid").getAsLong())
                .isEqualTo(program.pid());
        assertThat(json("objects").get(0).getAsJsonObject().get("size").getAsLong())
                .isGreaterThan(1 << 20);
        assertThat(done("workers").output()).containsPattern(guestPid + "  BUSY .*Subject.Guest");
        assertThat(done("get", "actor", actor.get("actorId").getAsString().substring(0, 8))
                        .output())
                .contains(actor.get("actorId").getAsString());
        assertThat(playground.ray("list", "bananas"))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(2))
                .satisfies(answer -> assertThat(answer.errors())
                        .startsWith("ray list: KIND=bananas is not one of nodes")
                        .hasLineCount(1));
    }

    /** The tasks of a function; each is the only one here. */
    private static JsonObject task(String method) throws IOException, InterruptedException {
        return json("tasks").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(task -> task.get("function").getAsString().endsWith("." + method))
                .reduce((one, two) -> {
                    throw new AssertionError(one + " and " + two);
                })
                .orElseThrow(() -> new AssertionError("no task of " + method));
    }

    private static String state(String method) throws IOException, InterruptedException {
        return task(method).get("state").getAsString();
    }

    @Test
    @Order(2)
    void shouldListTasksAsTheirOwnersKnowThem() throws Exception {
        assertThat(state("busy")).isEqualTo("RUNNING");
        assertThat(task("busy").get("type").getAsString()).isEqualTo("ACTOR_TASK");
        assertThat(task("busy").get("pid").getAsString()).isEqualTo(guestPid);
        assertThat(task("busy").get("began").getAsString()).startsWith("20");
        assertThat(state("succeed")).isEqualTo("FINISHED");
        assertThat(task("succeed").get("name").getAsString()).isEqualTo("once");
        assertThat(task("succeed").get("ended").getAsString()).startsWith("20");
        assertThat(state("fail")).isEqualTo("FAILED");
        assertThat(state("answer")).isEqualTo("PENDING_NODE_ASSIGNMENT");
        assertThat(state("sum")).isEqualTo("PENDING_ARGS_AVAIL");

        String id = task("sum").get("taskId").getAsString();
        assertThat(done("get", "task", id).output()).contains("later", "PENDING_ARGS_AVAIL", "NORMAL_TASK");
        assertThat(done("exec", "ray:tasks").output()).contains(id, "later");
        assertThat(done("summary", "tasks").output()).containsPattern("Subject.fail +FAILED +1");
        assertThat(done("leases").output()).contains("Subject.answer", "WAITING");
        assertThat(done("metrics").output())
                .containsPattern("ray_tasks\\{Name=\"[^\"]*Subject.fail\".*State=\"FAILED\"} 1.0");
    }

    @Test
    @Order(2)
    void shouldSayWhatATaskWaitsForAndWhatAWorkerDoes() throws Exception {
        assertThat(done("why").output())
                .contains("Subject.answer", "wants {Nowhere: 2} and no node has that")
                .hasLineCount(1);
        assertThat(done("why", "guest").output()).contains("does not wait: it takes calls in pid=" + guestPid);
        assertThat(done("stack").output())
                .contains("worker pid=" + guestPid)
                .containsPattern("at org.thornback.itests.programs.Subject\\$Guest.busy");
        assertThat(done("logs", "--tail", "3", "raylet.out").output()).hasLineCount(3);
    }

    @Test
    @Order(3)
    void shouldRunTheLinesOfAPipeAndGiveTheStatusOfTheLast() throws Exception {
        Answer good = typed("nonsense\\n# nothing\\nkey = num-cpus\\nray:config get $key\\n", shell());
        assertThat(good.status()).as(good.toString()).isZero();
        assertThat(good.output()).isEqualTo("num-cpus\n1\n");
        assertThat(good.errors()).startsWith("ray exec: ").hasLineCount(1);

        Answer asked = typed("kill guest\\n", shell());
        assertThat(asked.status()).isEqualTo(1);
        assertThat(asked.errors()).startsWith("ray kill: this ends actor").hasLineCount(1);
        assertThat(guest().get("state").getAsString()).as("nobody agreed").isEqualTo("ALIVE");
    }

    @Test
    @Order(4)
    void shouldCompleteAndRememberWhatIsTypedAtATerminal() throws Exception {
        playground.with("TERM", "xterm");
        Answer answer = typed("why gu\\t\\nexit\\n", "script -qec '" + shell() + "' /dev/null");

        assertThat(answer.status()).as(answer.toString()).isZero();
        assertThat(answer.output()).contains("does not wait: it takes calls in pid=" + guestPid);
        Path history = directory.resolve("state/thornback/history");
        assertThat(Files.readString(history)).contains("why guest");
        assertThat(Files.getPosixFilePermissions(history)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    /** A shell at a terminal whose user types into the file. */
    private static Running shellThatReads(Path keys) throws IOException, InterruptedException {
        assertThat(playground.run(List.of("mkfifo", keys.toString())).status()).isZero();
        playground.with("TERM", "xterm");
        return playground.start(List.of("/bin/sh", "-c", "script -qec '" + shell() + "' /dev/null < " + keys));
    }

    private static void type(OutputStream keys, String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private static long connections() throws IOException {
        Path socket = playground.session().resolve("sockets/command").toRealPath();
        return Files.readString(Path.of("/proc/net/unix"))
                .lines()
                .map(line -> Path.of("/" + line.replaceFirst("^[^/]*/?", "")))
                .filter(place -> place.endsWith("command") && isSame(place, socket))
                .count();
    }

    private static boolean isSame(Path place, Path socket) {
        try {
            return place.toRealPath().equals(socket);
        } catch (IOException gone) {
            return false; // of another test
        }
    }

    @Test
    @Order(5)
    void shouldForgetAShellThatIsKilledInTheMiddleOfALine() throws Exception {
        Path typed = directory.resolve("more");
        Running shell = shellThatReads(typed);
        try (OutputStream keys = Files.newOutputStream(typed)) {
            type(keys, "logs --follow --tail 5 raylet.out\n");
            shell.awaitOutput(LOG_LINE);
            assertThat(connections()).as("who listens, the session, the line").isEqualTo(3);

            playground.processes().alive("-Dthornback.words=6").forEach(ProcessHandle::destroyForcibly);

            Await.await(() -> connections() == 1, () -> "its connections are left");
            Await.await(
                    () -> !done("stack", "--all").output().contains("LogReader.follow"),
                    () -> "the line is still at work");
        }
    }

    @Test
    @Order(6)
    void shouldReallyEndWhatIsKilled() throws Exception {
        Answer killed = done("kill", "guest", "--yes");

        assertThat(killed.output()).startsWith("Ended actor ");
        program.awaitOutput("lost: RayActorException");
        Await.await(
                () -> !ProcessHandle.of(Long.parseLong(guestPid))
                        .map(ProcessHandle::isAlive)
                        .orElse(false),
                () -> "pid=" + guestPid + " lives");
        assertThat(guest().get("state").getAsString()).isEqualTo("DEAD");

        assertThat(done("kill", "1", "--yes").output()).startsWith("Ended job 1 (");
        Await.await(() -> !program.isAlive(), () -> "the driver lives");
        Await.await(() -> json("tasks").isEmpty(), () -> "its tasks are left");
        assertThat(json("jobs").get(0).getAsJsonObject().get("state").getAsString())
                .isEqualTo("FINISHED");
    }

    @Test
    @Order(7)
    void shouldEndANodeWithTheShellItWasStartedFor() throws Exception {
        try (var other = new Playground(Files.createDirectories(directory.resolve("s")))) {
            String start = other.rayCommand() + " start --head --block --shell --num-cpus=1 --port=0"
                    + " --node-ip-address=127.0.0.1 --object-store-memory=80000000";
            Answer answer = other.run(List.of("/bin/sh", "-c", "echo config get num-cpus | " + start));

            assertThat(answer.status()).as(answer.toString()).isZero();
            assertThat(answer.output()).contains("Ray runtime started.").endsWith("\n1\n");
            other.awaitNoProcess(Duration.ofSeconds(5));
        }
    }
}

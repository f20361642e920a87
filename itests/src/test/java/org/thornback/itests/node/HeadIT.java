// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.MarkedProcesses;
import org.thornback.itests.process.Playground;
import org.thornback.itests.programs.FirstTask;
import org.thornback.testkit.Await;
import org.thornback.testkit.Distribution.Answer;

/** One head node that runs: what it says, what it serves, what it keeps on disk. */
class HeadIT {
    private static final List<String> COMPONENTS =
            List.of("log_monitor", "monitor", "plasma_store", "raylet", "redis", "redis-shard_0", "webui");

    @TempDir
    private static Path directory;

    private static Playground playground;
    private static String address;

    @BeforeAll
    static void start() throws Exception {
        playground = new Playground(directory);
        address = playground.startHead("--num-cpus=2", "--object-store-memory=134217728");
    }

    @AfterAll
    static void stop() {
        playground.close();
    }

    @Test
    void shouldRunATaskWithoutFlagsAndWarningsWhenAProgramConnects() throws Exception {
        Answer answer = playground.program(FirstTask.class, "-Dray.address=" + address);

        assertThat(answer.status()).as(answer.toString()).isZero();
        assertThat(answer.output())
                .contains("answer=42", "omp=1", "session=" + playground.session(), "resource CPU=2.0", "ended");
        assertThat(answer.errors()).isEmpty();
    }

    @Test
    void shouldBeFoundByTheEnvironmentWhenAProgramConnects() throws Exception {
        try (var other = new Playground(directory.resolve("."))) {
            Answer answer = other.with("RAY_ADDRESS", address).program(FirstTask.class);

            assertThat(answer.output()).as(answer.toString()).contains("answer=42", "session=" + playground.session());
        }
    }

    @Test
    void shouldShowItsResourcesWhenAskedForItsStatus() throws Exception {
        Answer answer = playground.ray("status", "--address=" + address);

        assertThat(answer.status()).as(answer.toString()).isZero();
        assertThat(answer.output())
                .contains("/2.0 CPU", "128.00MiB", playground.session().toString());
        assertThat(answer.errors()).isEmpty();
    }

    @Test
    void shouldBeHealthyWhenAsked() throws Exception {
        assertThat(playground.ray("health-check", "--address=" + address).status())
                .isZero();
    }

    @Test
    void shouldPrintNothingButAClassPathWhenAskedForIt() throws Exception {
        Answer answer = playground.ray("classpath");

        assertThat(answer.errors()).isEmpty();
        assertThat(answer.output().lines()).hasSize(1);
        assertThat(answer.output().strip().split(":"))
                .allSatisfy(jar -> assertThat(Path.of(jar)).isRegularFile().isAbsolute());
    }

    @Test
    void shouldHaveAPairOfFilesForEveryComponentWhenItRuns() throws Exception {
        playground.program(FirstTask.class, "-Dray.address=" + address);
        Path logs = playground.session().resolve("logs");

        for (String component : COMPONENTS) {
            assertThat(logs.resolve(component + ".out")).isRegularFile().isNotEmptyFile();
            assertThat(logs.resolve(component + ".err")).isRegularFile().isEmptyFile();
        }
        try (Stream<Path> files = Files.list(logs)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.matches("worker-[0-9a-f]{56}\\.(out|err)")))
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void shouldBeNamedAndLaidOutLikeThePageWhenItRuns() throws Exception {
        Path session = playground.session();

        assertThat(session.getFileName().toString())
                .matches("session_\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d_\\d{6}_\\d+");
        assertThat(playground.tempRoot().resolve("session_latest")).isSymbolicLink();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(session)))
                .isEqualTo("rwx------");
        for (String socket : List.of("plasma_store", "raylet")) {
            Path path = session.resolve("sockets").resolve(socket);
            assertThat(Files.exists(path)).as(path.toString()).isTrue();
            assertThat(Files.isRegularFile(path)).isFalse();
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(path.toRealPath(), LinkOption.NOFOLLOW_LINKS)))
                    .startsWith("rw-------");
        }
    }

    @Test
    void shouldShowItsSessionWhenProcessesAreListed() throws IOException {
        String session = playground.session().toString();

        assertThat(playground.processes().alive())
                .isNotEmpty()
                .allSatisfy(process ->
                        assertThat(MarkedProcesses.commandLine(process)).contains(session));
    }

    @Test
    void shouldWaitForEveryProcessItStartedWhenThatHasEnded() {
        Await.await(() -> zombies().isEmpty(), Traces.SOON, () -> "nobody waits for " + zombies());
    }

    /** What is written in {@code /proc} of processes that ended, and that one of ours should have waited for. */
    private static List<String> zombies() {
        List<String> ours = playground.processes().alive().stream()
                .map(process -> Long.toString(process.pid()))
                .toList();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.map(HeadIT::stat)
                    .filter(stat -> {
                        String[] words =
                                stat.substring(stat.lastIndexOf(')') + 1).split(" ");
                        return words.length > 2 && words[1].equals("Z") && ours.contains(words[2]);
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String stat(Path process) {
        try {
            return Files.readString(process.resolve("stat"));
        } catch (IOException none) {
            return ""; // no process, or gone meanwhile
        }
    }

    @Test
    void shouldRefuseRedisCommandsWhenThereIsNoPasswordOrAWrongOne() throws IOException {
        try (var anybody = Resp.to(address)) {
            assertThat(anybody.ask("PING")).startsWith("-NOAUTH");
            assertThat(anybody.ask("KEYS", "*")).startsWith("-NOAUTH");
            assertThat(anybody.ask("AUTH", "guessed")).startsWith("-WRONGPASS");
            assertThat(anybody.ask("CONFIG", "GET", "requirepass")).startsWith("-NOAUTH");
        }
    }

    @Test
    void shouldRefuseResourcesWhenADriverOnlyConnects() throws Exception {
        Answer answer =
                playground.program(FirstTask.class, "-Dray.address=" + address, "-Dray.head-args.0=--num-cpus=4");

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.errors()).contains("When connecting to an existing cluster");
    }

    @Test
    void shouldRefuseASecondHeadWhenThePortIsTheSame() throws Exception {
        String port = address.substring(address.lastIndexOf(':') + 1);
        String session = playground.session().toString();

        Answer answer = playground.ray("start", "--head", "--node-ip-address=127.0.0.1", "--port=" + port);

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.errors().lines()).as(answer.toString()).hasSize(1);
        assertThat(answer.errors()).contains(port);
        Await.await(
                () -> playground.processes().alive().stream()
                        .allMatch(
                                process -> MarkedProcesses.commandLine(process).contains(session)),
                () -> "something of the second head is left");
        assertThat(playground.session().toString()).isEqualTo(session);
    }

    @Test
    void shouldTakeEnvironmentAndOptionsToWorkersWhenTheyAreGiven() throws Exception {
        try (var other = new Playground(directory.resolve("."))) {
            Answer answer = other.with("OMP_NUM_THREADS", "7")
                    .program(
                            FirstTask.class, "-Dray.address=" + address, "-Dray.job.jvm-options.0=-Dgiven.option=here");

            assertThat(answer.output()).as(answer.toString()).contains("option=here");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thornback.itests.process.MarkedProcesses;
import org.thornback.itests.process.Playground;
import org.thornback.itests.process.Running;
import org.thornback.itests.programs.FirstTask;
import org.thornback.itests.programs.Holder;
import org.thornback.itests.programs.Nested;
import org.thornback.itests.programs.Phoenix;
import org.thornback.itests.programs.Victim;
import org.thornback.testkit.Await;

/** Processes killed as kill -9 does: what is left, who is told, what goes on. */
class FaultsIT {
    private static final String NODE = "org.thornback.launcher.Main";

    @TempDir
    private Path directory;

    private Playground playground;

    @BeforeEach
    void open() {
        playground = new Playground(directory);
    }

    @AfterEach
    void close() {
        playground.close();
    }

    @Test
    void shouldFailTheTaskAndGoOnWhenItsWorkerIsKilled() throws Exception {
        String address = playground.startHead("--num-cpus=2");
        Running driver = playground.startProgram(Victim.class, "-Dray.address=" + address);
        long worker = pid(driver, "\\(pid=\\d+, ip=127\\.0\\.0\\.1\\) parked pid=(\\d+)");

        Path socket = socketOf(worker);
        assertThat(startedPageOf(socket)).isRegularFile();

        kill(worker);

        driver.awaitOutput("lost: RayWorkerException: The worker died unexpectedly while executing this task");
        driver.awaitOutput("then: 42");
        assertThat(driver.await(Duration.ofSeconds(10)).status()).isZero();
        assertThat(log("raylet.out")).contains("worker pid=" + worker + " ended with signal 9");
        Await.await(() -> Files.notExists(socket), Traces.SOON, () -> socket + " stays");
        Await.await(
                () -> Files.notExists(startedPageOf(socket)),
                Duration.ofSeconds(10),
                () -> startedPageOf(socket) + " stays");
    }

    @Test
    void shouldStartAnotherWorkerWhenAnIdleOneIsKilled() throws Exception {
        String address = playground.startHead("--num-cpus=2");
        Await.await(() -> workers().size() == 2, Duration.ofSeconds(10), this::commandLines);
        long worker = workers().getFirst().pid();
        Path socket = socketOf(worker);
        Await.await(() -> Files.exists(socket), Duration.ofSeconds(10), () -> socket + " is not there");

        kill(worker);

        Await.await(
                () -> workers().size() == 2 && !pids(workers()).contains(worker),
                Duration.ofSeconds(10),
                this::commandLines);
        Await.await(() -> Files.notExists(socket), Traces.SOON, () -> socket + " stays");
        assertThat(log("raylet.out")).contains("worker pid=" + worker + " ended with signal 9");
        assertThat(playground
                        .program(FirstTask.class, "-Dray.address=" + address)
                        .output())
                .contains("answer=42");
    }

    @Test
    void shouldFailTheTaskAndEndWhatItStartedWhenItsWorkerIsKilledInGet() throws Exception {
        String address = playground.startHead("--num-cpus=2");
        Running driver = playground.startProgram(Nested.class, "-Dray.address=" + address);
        long outer = pid(driver, "outer pid=(\\d+)");
        long inner = pid(driver, "inner pid=(\\d+)");
        assertThat(inner).isNotEqualTo(outer);

        kill(outer);

        driver.awaitOutput("lost: RayWorkerException: The worker died unexpectedly while executing this task");
        awaitGone(inner);
        driver.awaitOutput("then: 42");
        assertThat(driver.await(Duration.ofSeconds(10)).status()).isZero();
    }

    @Test
    void shouldConstructAnActorAgainAsOftenAsItMayWhenItsWorkerIsKilled() throws Exception {
        Running driver = playground.startProgram(Phoenix.class, "-Dray.address=local", "-Dray.num-cpus=1");
        for (int life = 1; life <= 3; life++) {
            long bird = pid(driver, "life=" + life + " calls=1 pid=(\\d+)");

            kill(bird);

            driver.awaitOutput("death=" + life + ": .*died unexpectedly before finishing this task");
        }
        driver.awaitOutput("over: .*died unexpectedly before finishing this task");
        assertThat(driver.await(Duration.ofSeconds(10)).status()).isZero();
        Traces.awaitNone(playground);
    }

    @Test
    void shouldFailTheCallAndGoOnWhenAnActorsWorkerIsKilled() throws Exception {
        String address = playground.startHead("--num-cpus=2");
        Running driver = playground.startProgram(Holder.class, "-Dray.address=" + address);
        long guest = pid(driver, "guest=(\\d+)");
        driver.awaitOutput("holding");

        kill(guest);

        driver.awaitOutput("lost: RayActorException: .*died");
        driver.awaitOutput("then: 42");
    }

    @Test
    void shouldLeaveNothingWhenADriverWithAClusterOfItsOwnIsKilled() throws Exception {
        Running driver = playground.startProgram(Holder.class, "-Dray.address=local");
        driver.awaitOutput("holding");

        driver.kill();

        Traces.awaitNone(playground);
    }

    @Test
    void shouldEndTheJobAndServeOthersWhenADriverIsKilled() throws Exception {
        String address = playground.startHead("--num-cpus=2");
        Running driver = playground.startProgram(Holder.class, "-Dray.address=" + address);
        long guest = pid(driver, "guest=(\\d+)");
        driver.awaitOutput("holding");

        driver.kill();

        awaitGone(guest);
        Await.await(() -> log("raylet.out").contains("job 1 ended"), Traces.SOON, () -> "job 1 did not end");
        assertThat(playground
                        .program(FirstTask.class, "-Dray.address=" + address)
                        .output())
                .contains("answer=42");
    }

    @Test
    void shouldEndWorkersThatComputeWhenTheirDriverIsKilled() throws Exception {
        String address = playground.startHead("--num-cpus=2");
        Running driver = playground.startProgram(Nested.class, "-Dray.address=" + address);
        long outer = pid(driver, "outer pid=(\\d+)");
        long inner = pid(driver, "inner pid=(\\d+)");

        driver.kill();

        awaitGone(outer);
        awaitGone(inner);
        assertThat(playground
                        .program(FirstTask.class, "-Dray.address=" + address)
                        .output())
                .contains("answer=42");
    }

    @Test
    void shouldEndInOrderAndTellTheDriverWhenTheNodeIsToldToEnd() throws Exception {
        String address = playground.startHead("--num-cpus=2");
        Running driver = playground.startProgram(Holder.class, "-Dray.address=" + address);
        driver.awaitOutput("holding");
        ProcessHandle node = playground.processes().alive(NODE).getFirst();

        assertThat(node.destroy()).isTrue();

        driver.awaitOutput("lost: RayActorException|lost: RayException");
        driver.awaitOutput("then: RayException: The node of this driver is gone");
        awaitGone(node.pid());
        assertThat(log("raylet.out")).contains("the raylet has ended");
        driver.kill();
        Traces.awaitNone(playground);
    }

    @Test
    void shouldLeaveNothingAndTellTheDriverWhenTheNodeIsKilled() throws Exception {
        String address = playground.startHead("--num-cpus=2");
        Running driver = playground.startProgram(Holder.class, "-Dray.address=" + address);
        driver.awaitOutput("holding");
        ProcessHandle node = playground.processes().alive(NODE).getFirst();

        kill(node.pid());

        driver.awaitOutput("lost: RayActorException|lost: RayException");
        driver.awaitOutput("then: RayException: The node of this driver is gone");
        Await.await(
                () -> playground.processes().alive().stream().allMatch(process -> process.pid() == driver.pid()),
                Traces.SOON,
                () -> "these still run: " + commandLines());
        driver.kill();
        Traces.awaitNone(playground);
    }

    @Test
    void shouldKeepRunningWhenRedisIsKilled() throws Exception {
        String address = playground.startHead("--num-cpus=2");
        Running driver = playground.startProgram(Holder.class, "-Dray.address=" + address);
        driver.awaitOutput("holding");

        for (ProcessHandle redis : redisServers()) {
            kill(redis.pid());
            awaitGone(redis.pid());
        }

        Await.await(() -> redisServers().size() == 2, Duration.ofSeconds(10), this::commandLines);
        assertThat(playground
                        .program(FirstTask.class, "-Dray.address=" + address)
                        .output())
                .contains("answer=42");
        assertThat(driver.isAlive()).isTrue();
        assertThat(log("redis.out") + log("redis-shard_0.out") + log("redis.err"))
                .contains("it is started again with its data");
    }

    @Test
    void shouldStartRedisAgainWithItsDataWhenItsWatcherIsKilled() throws Exception {
        String address = playground.startHead("--num-cpus=2");
        assertThat(told(address, "SET", "kept", "fact")).isEqualTo("+OK");
        List<Long> before = pids(redisServers());
        List<ProcessHandle> watchers = watchers();
        assertThat(watchers).hasSize(2);

        watchers.forEach(watcher -> kill(watcher.pid()));

        before.forEach(FaultsIT::awaitGone);
        Await.await(() -> redisServers().size() == 2, Duration.ofSeconds(10), this::commandLines);
        Await.await(
                () -> told(address, "EXISTS", "kept").equals(":1"),
                Duration.ofSeconds(10),
                () -> "Redis does not answer with its data");
        assertThat(playground
                        .program(FirstTask.class, "-Dray.address=" + address)
                        .output())
                .contains("answer=42");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node watcher redis worker",
                "watcher node worker redis",
                "redis node watcher",
                "worker watcher node"
            })
    void shouldLeaveNothingWhenAllIsKilledInAnyOrder(String order) throws Exception {
        playground.startHead("--num-cpus=2");
        List<ProcessHandle> victims = new ArrayList<>();
        for (String kind : order.split(" ")) {
            victims.addAll(
                    switch (kind) {
                        case "node" -> playground.processes().alive(NODE);
                        case "watcher" -> watchers();
                        case "redis" -> redisServers();
                        default -> workers();
                    });
        }
        assertThat(victims).hasSizeGreaterThan(3);

        victims.forEach(ProcessHandle::destroyForcibly);

        // Redis flushes its log to the disk with every write; killed meanwhile, it goes when a busy disk has answered.
        playground.awaitNoProcess(Duration.ofSeconds(10));
        assertThat(Traces.sharedMemory()).isEmpty();
    }

    @Test
    void shouldLeaveNothingWhenItIsStopped() throws Exception {
        playground.startHead("--num-cpus=2");

        assertThat(playground.ray("stop", "--temp-dir=" + playground.tempRoot()).status())
                .isZero();

        Traces.awaitNone(playground);
    }

    private static String told(String address, String... words) throws IOException {
        try (var redis = Resp.to(address)) {
            redis.ask("AUTH", "5241590000000000");
            return redis.ask(words);
        }
    }

    private List<ProcessHandle> workers() {
        return playground.processes().alive("DefaultWorker");
    }

    /** Where a worker listens: beside the raylet, under the first digits of its id. */
    private static Path socketOf(long worker) {
        String line = MarkedProcesses.commandLine(ProcessHandle.of(worker).orElseThrow());
        Path raylet = Path.of(property("ray.raylet.socket-name", line));
        return raylet.resolveSibling(
                "w-" + property("thornback.worker-id", line).substring(0, 12));
    }

    private static Path startedPageOf(Path socket) {
        return socket.resolveSibling(socket.getFileName() + ".started");
    }

    private static String property(String name, String commandLine) {
        return commandLine.replaceAll("(?s).* -D" + Pattern.quote(name) + "=(\\S+) .*", "$1");
    }

    private List<ProcessHandle> watchers() {
        return playground.processes().alive("# end of configuration");
    }

    private static List<Long> pids(List<ProcessHandle> processes) {
        return processes.stream().map(ProcessHandle::pid).toList();
    }

    private List<ProcessHandle> redisServers() {
        return playground.processes().alive().stream()
                .filter(process -> process.info()
                        .command()
                        .map(command -> command.endsWith("/redis-server"))
                        .orElse(false))
                .toList();
    }

    private static long pid(Running driver, String pattern) {
        return Long.parseLong(driver.awaitOutput(pattern).group(1));
    }

    private static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly)).contains(true);
    }

    private static void awaitGone(long pid) {
        Await.await(
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty(),
                Traces.SOON,
                () -> "pid=" + pid + " still runs");
    }

    private String log(String name) throws IOException {
        return Files.readString(playground.session().resolve("logs").resolve(name));
    }

    private String commandLines() {
        return String.join(
                "\n",
                playground.processes().alive().stream()
                        .map(MarkedProcesses::commandLine)
                        .toList());
    }
}

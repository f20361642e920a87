// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
import org.thornback.testkit.Distribution.Answer;

/** Every flag of ray start does something. */
class FlagsIT {
    private static final String PASSWORD = "a-long-secret-of-this-test-0815";

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
    void shouldOfferWhatWasGivenWhenResourcesAreSet() throws Exception {
        String address = playground.startHead(
                "--num-cpus=3",
                "--num-gpus=2",
                "--resources={\"Resource1\": 4, \"Resource2\": 16}",
                "--memory=200000000",
                "--object-store-memory=150000000");

        Answer answer = playground.program(FirstTask.class, "-Dray.address=" + address);

        assertThat(answer.output())
                .as(answer.toString())
                .contains(
                        "resource CPU=3.0",
                        "resource GPU=2.0",
                        "resource Resource1=4.0",
                        "resource Resource2=16.0",
                        "resource memory=2.0E8",
                        "resource object_store_memory=1.5E8",
                        "resource node:127.0.0.1=1.0");
    }

    @Test
    void shouldListenWhereItWasToldWhenPortsAreGiven() throws Exception {
        int primary = freePort();
        int first = freePort();
        int second = freePort();

        String address = playground.startHead(
                "--port=" + primary, "--redis-shard-ports=" + first + "," + second, "--num-redis-shards=2");

        assertThat(address).isEqualTo("127.0.0.1:" + primary);
        for (int port : new int[] {primary, first, second}) {
            try (var redis = new Resp("127.0.0.1", port)) {
                assertThat(redis.ask("PING")).as("port=%d", port).startsWith("-NOAUTH");
            }
        }
        Path logs = playground.session().resolve("logs");
        assertThat(logs.resolve("redis-shard_0.out")).isNotEmptyFile();
        assertThat(logs.resolve("redis-shard_1.out")).isNotEmptyFile();
    }

    @Test
    void shouldListenOnItsAddressWhenOneIsGiven() throws Exception {
        String host = InetAddress.getLocalHost().getHostAddress();

        String address = playground.startHead("--node-ip-address=" + host);

        assertThat(address).startsWith(host + ":");
        try (var redis = Resp.to(address)) {
            assertThat(redis.ask("PING")).startsWith("-NOAUTH");
        }
        Answer answer = playground.program(FirstTask.class, "-Dray.address=" + address);
        assertThat(answer.output()).as(answer.toString()).contains("resource node:" + host + "=1.0");
    }

    @Test
    void shouldUseThePasswordAndShowItNowhereWhenOneIsGiven() throws Exception {
        Answer started = playground.ray(
                "start", "--head", "--port=0", "--node-ip-address=127.0.0.1", "--redis-password=" + PASSWORD);
        assertThat(started.status()).as(started.toString()).isZero();
        assertThat(started.errors()).contains("warning").doesNotContain(PASSWORD);
        assertThat(started.output()).doesNotContain(PASSWORD);
        String address = started.output().replaceAll("(?s).*--address='([^']+)'.*", "$1");

        try (var redis = Resp.to(address)) {
            assertThat(redis.ask("AUTH", "5241590000000000")).startsWith("-WRONGPASS");
            assertThat(redis.ask("AUTH", PASSWORD)).isEqualTo("+OK");
            assertThat(redis.ask("PING")).isEqualTo("+PONG");
        }
        Answer answer =
                playground.program(FirstTask.class, "-Dray.address=" + address, "-Dray.redis.password=" + PASSWORD);
        assertThat(answer.output()).as(answer.toString()).contains("answer=42");
        assertThat(playground.processes().alive())
                .allSatisfy(process ->
                        assertThat(MarkedProcesses.commandLine(process)).doesNotContain(PASSWORD));
        assertThat(filesThatTell(PASSWORD)).isEmpty();
    }

    @Test
    void shouldUseThePasswordWhenItComesByEnvironment() throws Exception {
        playground.with("RAY_REDIS_PASSWORD", PASSWORD);
        String address = playground.startHead();

        try (var redis = Resp.to(address)) {
            assertThat(redis.ask("AUTH", "5241590000000000")).startsWith("-WRONGPASS");
            assertThat(redis.ask("AUTH", PASSWORD)).isEqualTo("+OK");
        }
        assertThat(playground
                        .program(FirstTask.class, "-Dray.address=" + address)
                        .output())
                .contains("answer=42");
    }

    @Test
    void shouldRefuseADriverWhenItsPasswordIsWrong() throws Exception {
        String address = playground.startHead();

        Answer answer =
                playground.program(FirstTask.class, "-Dray.address=" + address, "-Dray.redis.password=guessed-one");

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.errors()).contains("password").doesNotContain("guessed-one");
        assertThat(playground.session().resolve("logs/raylet.err")).content().contains("was refused");
    }

    @Test
    void shouldPutSessionsThereWhenATempDirIsGiven() throws Exception {
        Path root = directory.resolve("else where");
        String address = playground.startHead("--temp-dir=" + root);

        assertThat(root.resolve("session_latest")).isSymbolicLink();
        assertThat(playground.tempRoot()).doesNotExist();
        assertThat(playground
                        .program(FirstTask.class, "-Dray.address=" + address)
                        .output())
                .contains("answer=42", "session=" + root.toRealPath());
        assertThat(playground.ray("stop", "--temp-dir=" + root).status()).isZero();
    }

    @Test
    void shouldWorkWhenTheTempDirIsTooLongForASocket() throws Exception {
        Path root = Files.createDirectories(directory.resolve("long".repeat(30)));
        String address = playground.startHead("--temp-dir=" + root);

        assertThat(playground
                        .program(FirstTask.class, "-Dray.address=" + address)
                        .output())
                .contains("answer=42");
        assertThat(Files.exists(root.resolve("session_latest/sockets/raylet"))).isTrue();
        assertThat(playground.ray("stop", "--temp-dir=" + root).status()).isZero();
        playground.awaitNoProcess(Traces.SOON);
    }

    @Test
    void shouldKeepObjectsThereWhenAPlasmaDirectoryIsGiven() throws Exception {
        String address = playground.startHead("--plasma-directory=/dev/shm", "--object-store-memory=100000000");

        assertThat(playground
                        .program(FirstTask.class, "-Dray.address=" + address)
                        .output())
                .contains("answer=42");
        assertThat(playground.processes().alive())
                .anyMatch(process -> maps(process).contains("/dev/shm/"));
        assertThat(Traces.sharedMemory()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void shouldStayInTheForegroundUntilASignalWhenToldToBlock(String signal) throws Exception {
        Running head = playground.startRay(
                "start", "--head", "--block", "--port=0", "--node-ip-address=127.0.0.1", "--num-cpus=1");
        String address = head.awaitOutput("--address='([^']+)'").group(1);
        assertThat(playground
                        .program(FirstTask.class, "-Dray.address=" + address)
                        .output())
                .contains("answer=42");
        assertThat(head.isAlive()).isTrue();

        head.signal(signal);

        Answer answer = head.await(Duration.ofSeconds(5));
        assertThat(answer.errors()).isEmpty();
        Traces.awaitNone(playground);
    }

    private java.util.List<Path> filesThatTell(String secret) throws IOException {
        try (var files = Files.walk(playground.tempRoot())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> tells(file, secret))
                    .toList();
        }
    }

    private static boolean tells(Path file, String secret) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).contains(secret)
                    && !Files.getPosixFilePermissions(file)
                            .equals(java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        } catch (IOException ignored) {
            return false; // gone meanwhile
        }
    }

    private static String maps(ProcessHandle process) {
        try {
            return new String(Files.readAllBytes(Path.of("/proc/" + process.pid() + "/maps")));
        } catch (IOException ignored) {
            return "";
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

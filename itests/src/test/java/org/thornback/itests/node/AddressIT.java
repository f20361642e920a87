// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thornback.itests.process.Playground;
import org.thornback.itests.process.Running;
import org.thornback.itests.programs.FirstTask;
import org.thornback.testkit.Distribution;
import org.thornback.testkit.Distribution.Answer;

/** Addresses where there is no cluster, or one that wants another password: programs and nodes that come are told so. */
class AddressIT {
    private static final String DEFAULT_PASSWORD = "5241590000000000";
    private static final String NOT_OURS = "answers, but is not ";

    @TempDir
    private static Path directory;

    private static Playground playground;
    private static String head;

    @BeforeAll
    static void start() throws Exception {
        playground = new Playground(directory);
        head = playground.startHead("--num-cpus=1");
    }

    @AfterAll
    static void stop() {
        playground.close();
    }

    @ParameterizedTest(name = "greeting={0}")
    @CsvSource({
        "SSH-2.0-OpenSSH_9.6, 'answers, but is not '",
        "HTTP/1.1 400 Bad Request, 'answers, but is not '",
        "'', no answer within 2000 ms",
    })
    void shouldSayWhatAnswersWhenItIsNoRedis(String greeting, String said) throws Exception {
        try (var stranger = new Stranger(greeting)) {
            refused(stranger.address(), said);
        }
    }

    @Test
    void shouldTakeNoRedisOfSomebodyElseForAClusterWhenItsPasswordIsTheSame() throws Exception {
        String address = startRedis("--requirepass", DEFAULT_PASSWORD);

        refused(address, NOT_OURS);
    }

    @Test
    void shouldTakeNoRedisWithoutAPasswordForACluster() throws Exception {
        refused(startRedis(), NOT_OURS);
    }

    @Test
    void shouldSaySoWhenAnotherNodeComesWithAWrongPassword() throws Exception {
        Answer answer = playground.ray("start", "--address=" + head, "--redis-password=guessed-one");

        assertRefusedNode(answer, "--address=" + head + " refused the Redis password");
        assertThat(answer.errors()).doesNotContain("guessed-one");
    }

    private static String startRedis(String... words) throws IOException {
        Path binary = Distribution.current().home().resolve("redis/linux-amd64/redis-server");
        for (int port = 20_000; ; port++) {
            var command = new ArrayList<>(List.of(binary.toString(), "--port", String.valueOf(port)));
            command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--dir", directory.toString()));
            command.addAll(List.of(words));
            Running redis = playground.start(command);
            if (redis.awaitOutput("Ready to accept connections|Failed listening on port")
                    .group()
                    .startsWith("Ready")) {
                return "127.0.0.1:" + port;
            }
        }
    }

    private static void refused(String address, String said) throws Exception {
        Answer driver = playground.program(FirstTask.class, "-Dray.address=" + address);
        assertThat(driver.status()).as(driver.toString()).isEqualTo(1);
        assertThat(driver.errors()).contains("ray.address=" + address + " ").contains(said);
        assertThat(driver.output()).isEmpty();
        assertRefusedNode(playground.ray("start", "--address=" + address), "--address=" + address + " ", said);
    }

    private static void assertRefusedNode(Answer answer, String... said) throws IOException {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(1);
        assertThat(answer.errors().lines().filter(line -> !line.contains("warning:")))
                .as(answer.toString())
                .singleElement()
                .asString()
                .contains(said);
        assertThat(answer.output()).isEmpty();
        try (var sessions = Files.list(playground.tempRoot())) {
            assertThat(sessions.filter(file -> file.getFileName().toString().startsWith("session_2")))
                    .hasSize(1);
        }
    }
}

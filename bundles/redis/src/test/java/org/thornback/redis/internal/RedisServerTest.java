// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.ProtocolVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thornback.api.InvalidInputException;
import org.thornback.api.security.Secret;
import org.thornback.testkit.Await;

/** With the real redis-server. */
class RedisServerTest {
    private static final String PASSWORD = "secret";
    private static final Secret SECRET = Secret.of(PASSWORD);

    @TempDir
    Path session;

    private RedisServer server;

    @AfterEach
    void endServer() {
        if (server != null) {
            server.stop();
        }
        RedisFixture.awaitNothingBelow(session);
    }

    private ProcessHandle redis() {
        return RedisFixture.redisAt(server.port(), SECRET);
    }

    private static ServerSocket listenAt(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    private static void sendAway(ServerSocket foreign) {
        try {
            while (true) {
                foreign.accept().close();
            }
        } catch (IOException closed) {
            return; // the test goes on
        }
    }

    /** Sets the key when there is a value, and reads it. */
    private static String call(int port, String password, String key, String value) {
        try (RedisClient client = RedisClient.create(RedisURI.builder()
                        .withHost("127.0.0.1")
                        .withPort(port)
                        .withPassword(password.toCharArray())
                        .build());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            if (value != null) {
                connection.sync().set(key, value);
            }
            return connection.sync().get(key);
        }
    }

    /** A redis-server that does not start as long as a file is there. */
    private Path hesitant(Path hold) throws IOException {
        Path script = Files.writeString(
                session.resolve("hesitant"),
                "#!/bin/sh\n[ -e '%s' ] && exit 3\nexec '%s' \"$@\"\n".formatted(hold, RedisFixture.BINARY));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    @Test
    void shouldServeOnlyThoseWhoKnowThePassword() {
        server = RedisServer.startAnywhere(RedisFixture.plan(session, PASSWORD));

        assertThat(RedisPing.pid(server.port(), SECRET)).isPresent();
        assertThat(RedisPing.pid(server.port(), Secret.of("wrong"))).isEmpty();
        assertThat(call(server.port(), PASSWORD, "key", "value")).isEqualTo("value");
        try (RedisClient client = stranger();
                StatefulRedisConnection<String, String> connection = client.connect()) {
            assertThatThrownBy(() -> connection.sync().get("key")).hasMessageStartingWith("NOAUTH");
            assertThatThrownBy(() -> connection.sync().auth("wrong")).hasMessageStartingWith("WRONGPASS");
            assertThatThrownBy(() -> connection.sync().get("key")).hasMessageStartingWith("NOAUTH");
        }
    }

    /** Connects without a word; a refused handshake would tell the reason or not, whichever of Lettuce's threads is first. */
    private RedisClient stranger() {
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", server.port()));
        client.setOptions(ClientOptions.builder()
                .protocolVersion(ProtocolVersion.RESP2)
                .pingBeforeActivateConnection(false)
                .build());
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\"quotes\"", "a'b'c", "back\\slash\\n", "{title}{unknown}", "#$HOME`id`%s", "wörd–ü"})
    void shouldTakeEveryPasswordWithoutSpacesAsItIs(String password) {
        server = RedisServer.startAnywhere(RedisFixture.plan(session, password));

        assertThat(RedisPing.pid(server.port(), Secret.of(password))).isPresent();
        assertThat(RedisPing.pid(server.port(), SECRET)).isEmpty();
    }

    @Test
    void shouldShowTheSessionButNeverThePasswordToWhoListsProcesses() throws IOException {
        String password = "pass-word-that-nobody-may-see";
        server = RedisServer.startAnywhere(RedisFixture.plan(session, password));
        ProcessHandle redis = RedisFixture.redisAt(server.port(), Secret.of(password));
        ProcessHandle watcher = redis.parent().orElseThrow();

        for (ProcessHandle process : new ProcessHandle[] {redis, watcher}) {
            assertThat(RedisFixture.commandLine(process))
                    .contains(session.toString())
                    .doesNotContain(password);
            assertThat(Files.readString(Path.of("/proc", Long.toString(process.pid()), "environ")))
                    .doesNotContain(password);
        }
        try (var files = Files.walk(session)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file).content().as(file.toString()).doesNotContain(password);
            }
        }
    }

    @Test
    void shouldKeepItsDataWhereOnlyItsUserLooks() throws IOException {
        Path odd = Files.createDirectory(session.resolve("se\"ss{i}on ä"));
        server = RedisServer.startAnywhere(RedisFixture.plan(odd, PASSWORD));

        assertThat(odd.resolve("redis/redis/appendonlydir")).isDirectory();
        assertThat(Files.getPosixFilePermissions(odd.resolve("redis/redis")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(odd.resolve("redis.out")).content().contains("Ready to accept connections");
    }

    @Test
    void shouldStartAKilledRedisAgainAtItsPortWithItsData() {
        server = RedisServer.startAnywhere(RedisFixture.plan(session, PASSWORD));
        int port = server.port();
        call(port, PASSWORD, "key", "kept");
        ProcessHandle first = redis();

        first.destroyForcibly();

        RedisFixture.awaitEnd(first);
        assertThat(redis().pid()).isNotEqualTo(first.pid());
        assertThat(server.port()).isEqualTo(port);
        assertThat(call(port, PASSWORD, "key", null)).isEqualTo("kept");
        ProcessHandle second = redis();
        second.destroyForcibly();
        RedisFixture.awaitEnd(second);
        assertThat(redis().isAlive()).as("as often as it dies").isTrue();
    }

    @Test
    void shouldStartRedisAgainUnderANewWatcherWhenItsWatcherIsKilled() {
        server = RedisServer.startAnywhere(RedisFixture.plan(session, PASSWORD));
        ProcessHandle redis = redis();
        ProcessHandle watcher = redis.parent().orElseThrow();

        watcher.destroyForcibly();

        RedisFixture.awaitEnd(watcher);
        RedisFixture.awaitEnd(redis);
        assertThat(redis().parent().orElseThrow().pid()).isNotEqualTo(watcher.pid());
    }

    @Test
    void shouldEndRedisAndWatcherAndStartNothingAgainWhenStopped() throws IOException {
        server = RedisServer.startAnywhere(RedisFixture.plan(session, PASSWORD));
        ProcessHandle redis = redis();
        ProcessHandle watcher = redis.parent().orElseThrow();

        server.stop();
        server.stop();

        assertThat(redis.isAlive()).isFalse();
        RedisFixture.awaitEnd(watcher);
        try (ServerSocket free = listenAt(server.port())) {
            assertThat(free.isBound()).isTrue();
        }
        assertThat(RedisFixture.below(session)).isEmpty();
    }

    @Test
    void shouldRefuseAPortThatSomebodyElseHas() throws IOException {
        try (ServerSocket taken = listenAt(0)) {
            assertThatThrownBy(() -> RedisServer.startAt(RedisFixture.plan(session, PASSWORD), taken.getLocalPort()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("port=" + taken.getLocalPort())
                    .hasMessageContaining("already running");
        }
    }

    @Test
    void shouldRefuseAPortAtWhichAnotherRedisTakesTheSamePassword(@TempDir Path other) {
        server = RedisServer.startAnywhere(RedisFixture.plan(session, PASSWORD));
        ProcessHandle redis = redis();

        assertThatThrownBy(() -> RedisServer.startAt(RedisFixture.plan(other, PASSWORD), server.port()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("already running");

        assertThat(RedisFixture.below(other)).isEmpty();
        assertThat(redis.isAlive()).isTrue();
    }

    @Test
    void shouldSayWhereTheReasonIsWhenRedisDoesNotStart() throws IOException {
        Path hold = Files.createFile(session.resolve("hold"));
        RedisServer.Plan plan = RedisFixture.plan(session, PASSWORD, hesitant(hold));

        assertThatThrownBy(() -> RedisServer.startAnywhere(plan))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("hesitant does not start with port=")
                .hasMessageContaining("redis.out says why");
        assertThatThrownBy(() ->
                        RedisServer.startAnywhere(RedisFixture.plan(session, PASSWORD, session.resolve("missing"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void shouldWaitForItsPortWhenSomebodyTakesItWhileRedisIsDown() throws IOException {
        Path hold = session.resolve("hold");
        server = RedisServer.startAnywhere(RedisFixture.plan(session, PASSWORD, hesitant(hold)));
        call(server.port(), PASSWORD, "key", "kept");
        ProcessHandle redis = redis();
        Files.createFile(hold);
        redis.destroyForcibly();
        RedisFixture.awaitEnd(redis);

        try (ServerSocket foreign = listenAt(server.port())) {
            Thread.ofVirtual().start(() -> sendAway(foreign));
            Files.delete(hold);
            Await.await(
                    () -> Files.readString(session.resolve("redis.out")).contains("Could not create server TCP"),
                    () -> "it never tried");
            assertThat(foreign.isBound()).isTrue();
        }

        assertThat(redis().isAlive()).isTrue();
        assertThat(call(server.port(), PASSWORD, "key", null)).isEqualTo("kept");
    }

    @Test
    void shouldGiveUpStartingAgainWhenStoppedMeanwhile() throws IOException {
        Path hold = session.resolve("hold");
        server = RedisServer.startAnywhere(RedisFixture.plan(session, PASSWORD, hesitant(hold)));
        ProcessHandle redis = redis();
        Files.createFile(hold);
        redis.destroyForcibly();
        RedisFixture.awaitEnd(redis);

        server.stop();
        Files.delete(hold);

        Await.await(
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("ray-redis-restart")),
                () -> "it tries on");
        assertThat(RedisPing.isTaken(server.port())).isFalse();
    }

    @Test
    void shouldLeaveNothingWhenTheStartIsGivenUp() {
        RedisServer.Plan plan = RedisFixture.plan(session, PASSWORD);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> RedisServer.startAnywhere(plan))
                .isInstanceOf(CancellationException.class)
                .hasMessage("the start of redis was given up");

        assertThat(Thread.interrupted()).as("whoever interrupted it is heard").isTrue();
        RedisFixture.awaitNothingBelow(session);
    }
}

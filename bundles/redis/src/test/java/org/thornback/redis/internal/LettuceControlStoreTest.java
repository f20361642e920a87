// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.redis.ControlStore.Table;
import org.thornback.api.security.Secret;
import org.thornback.testkit.Await;

/** With one real redis-server; each test is a session of its own. */
class LettuceControlStoreTest {
    private static final Secret PASSWORD = Secret.of("se\"cret}");

    @TempDir
    static Path directory;

    private static RedisServer server;

    private LettuceControlStore store;
    private String session;

    @BeforeAll
    static void startServer() {
        server = RedisServer.startAnywhere(RedisFixture.plan(directory, PASSWORD.reveal()));
    }

    @AfterAll
    static void endServer() {
        server.stop();
    }

    @BeforeEach
    void connect(TestInfo test) {
        session = "session_" + test.getDisplayName();
        store = connect(session, PASSWORD);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static LettuceControlStore connect(String session, Secret password) {
        return new LettuceControlStore(
                new AsyncClient(), server.port(), password, session, "10.0.0.1:" + server.port());
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void shouldKeepTablesApart() {
        now(store.put(Table.ACTORS, "1", "an actor"));
        now(store.put(Table.JOBS, "1", "a job"));
        now(store.put(Table.JOBS, "1", "the same job later"));
        now(store.put(Table.JOBS, "2", "ünïcode {\"a\": 1}"));

        assertThat(now(store.get(Table.JOBS, "1"))).contains("the same job later");
        assertThat(now(store.get(Table.ACTORS, "1"))).contains("an actor");
        assertThat(now(store.get(Table.NAMES, "1"))).isEmpty();
        assertThat(now(store.all(Table.JOBS))).isEqualTo(Map.of("1", "the same job later", "2", "ünïcode {\"a\": 1}"));
        assertThat(now(store.all(Table.NODES))).isEmpty();
    }

    @Test
    void shouldGiveANameToTheFirstWhoAsks() {
        assertThat(now(store.putIfAbsent(Table.NAMES, "space/counter", "first")))
                .isTrue();
        assertThat(now(store.putIfAbsent(Table.NAMES, "space/counter", "second")))
                .isFalse();
        assertThat(now(store.get(Table.NAMES, "space/counter"))).contains("first");

        now(store.delete(Table.NAMES, "space/counter"));
        now(store.delete(Table.NAMES, "space/unknown"));

        assertThat(now(store.putIfAbsent(Table.NAMES, "space/counter", "second")))
                .isTrue();
    }

    @Test
    void shouldNumberEachCounterFromOneAndNeverTwice() {
        List<CompletionStage<Long>> numbers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            numbers.add(store.next("job"));
        }

        assertThat(numbers.stream().map(LettuceControlStoreTest::now))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 1_000).boxed().toList());
        assertThat(now(store.next("other"))).isEqualTo(1);
    }

    @Test
    void shouldKeepSessionsApartAndShowOneToAllItsNodes() {
        now(store.put(Table.FACTS, "key", "mine"));
        LettuceControlStore node = connect(session, PASSWORD);
        LettuceControlStore stranger = connect("another", PASSWORD);

        assertThat(now(node.get(Table.FACTS, "key"))).contains("mine");
        assertThat(now(stranger.get(Table.FACTS, "key"))).isEmpty();
        assertThat(store.address()).isEqualTo("10.0.0.1:" + server.port());
        node.close();
        stranger.close();
    }

    @Test
    void shouldAnswerWhatWasAskedWhileRedisWasAway() {
        now(store.put(Table.FACTS, "before", "kept"));
        ProcessHandle redis = RedisFixture.redisAt(server.port(), PASSWORD);
        redis.destroyForcibly();
        RedisFixture.awaitEnd(redis);

        CompletionStage<Void> put = store.put(Table.FACTS, "meanwhile", "taken");
        CompletionStage<Map<String, String>> all = store.all(Table.FACTS);

        now(put);
        assertThat(now(all)).isEqualTo(Map.of("before", "kept", "meanwhile", "taken"));
    }

    @Test
    void shouldFailEveryCallWithAWrongPasswordAndNotNameIt() {
        LettuceControlStore stranger = connect(session, Secret.of("wrong-one"));

        assertThatThrownBy(() -> now(stranger.connected()))
                .hasStackTraceContaining("WRONGPASS")
                .hasMessageNotContaining("wrong-one");
        assertThatThrownBy(() -> now(stranger.get(Table.FACTS, "key"))).hasStackTraceContaining("WRONGPASS");
        stranger.close();
    }

    @Test
    void shouldLeaveNoThreadBehind() {
        List<Thread> others = threads();
        LettuceControlStore closed = connect(session, PASSWORD);
        now(closed.put(Table.FACTS, "a", "b"));
        assertThat(threads()).hasSizeGreaterThan(others.size());

        closed.close();

        Await.await(() -> others.containsAll(threads()), () -> "threads=" + threads());
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lettuce"))
                .toList();
    }
}

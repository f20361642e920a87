// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LaunchOptions;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.keeper.Keeper;
import org.thornback.api.redis.ControlStore;
import org.thornback.api.redis.ControlStore.Table;
import org.thornback.api.resources.NodeResources;
import org.thornback.api.security.RedisCredentials;
import org.thornback.api.security.Secret;
import org.thornback.api.session.ComponentLog;
import org.thornback.api.session.Session;
import org.thornback.api.session.StreamPair;
import org.thornback.testkit.Await;
import org.thornback.testkit.FakeKeeper;
import org.thornback.testkit.FelixExtension;
import org.thornback.testkit.FixedConfiguration;
import org.thornback.testkit.RecordedAnswer;
import org.thornback.testkit.TestSession;

/** The bundle with the real redis-server. */
class RedisComponentTest {
    private static final String RECORDINGS = "io.lettuce.core.jfr";
    private static final Secret PASSWORD = Secret.of("secret");

    @RegisterExtension
    final FelixExtension felix = new FelixExtension()
            .property("thornback.home", RedisFixture.HOME.toString())
            .componentRuntime()
            .bundles(
                    "io.netty.common",
                    "io.netty.buffer",
                    "io.netty.resolver",
                    "io.netty.transport",
                    "io.netty.transport-native-unix-common",
                    "io.netty.codec-base",
                    "io.netty.codec-dns",
                    "io.netty.handler",
                    "io.netty.resolver-dns",
                    "reactive-streams",
                    "io.projectreactor.reactor-core",
                    "org.thornback.lib.lettuce",
                    "org.thornback.redis");

    @TempDir
    Path session;

    private final RecordedAnswer answer = new RecordedAnswer();

    private record Credentials(Secret password, boolean isDefault) implements RedisCredentials {}

    private record Launch(boolean owned) implements LaunchOptions {
        @Override
        public Map<String, String> given() {
            return Map.of();
        }
    }

    /** Lettuce finds the classes of its recordings by the context class loader: here those of the test's class path. */
    @BeforeAll
    static void recordNothing() {
        System.setProperty(RECORDINGS, "false");
    }

    @AfterAll
    static void recordAgain() {
        System.clearProperty(RECORDINGS);
    }

    @AfterEach
    void expectNothingLeft() throws Exception {
        felix.bundle("org.thornback.redis").stop();
        RedisFixture.awaitNothingBelow(session);
    }

    /** Gives the bundle what it stands on; the configuration, last, lets it begin. */
    private ServiceRegistration<?> begin(FixedConfiguration configuration, boolean owned) {
        register(StartAnswer.class, answer);
        register(LaunchOptions.class, new Launch(owned));
        register(NodeResources.class, new NodeResources(Map.of(), 1, 1 << 20, session, "127.0.0.1"));
        register(RedisCredentials.class, new Credentials(PASSWORD, false));
        register(Session.class, new TestSession(session));
        ComponentLog logs = stem -> new StreamPair(session.resolve(stem + ".out"), session.resolve(stem + ".err"));
        register(ComponentLog.class, logs);
        return register(Configuration.class, configuration);
    }

    private <T> ServiceRegistration<T> register(Class<T> type, T service) {
        return felix.context().registerService(type, service, null);
    }

    private String get(ControlStore control, String key) throws Exception {
        return control.get(Table.FACTS, key)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .orElse("");
    }

    private boolean isRegistered() {
        return felix.context().getServiceReference(ControlStore.class) != null;
    }

    private String refusal() {
        Await.await(() -> !answer.refusals().isEmpty(), () -> "it was not refused");
        return answer.refusals().getFirst();
    }

    @Test
    void shouldRegisterAWorkingControlPlaneAndTakeItBackWithItsServers() throws Exception {
        ServiceRegistration<?> configuration =
                begin(new FixedConfiguration().with(OptionCatalogue.NUM_REDIS_SHARDS, 2), true);

        ControlStore control = felix.service(ControlStore.class);

        control.put(Table.FACTS, "key", "value").toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(get(control, "key")).isEqualTo("value");
        assertThat(control.address()).startsWith("127.0.0.1:");
        assertThat(RedisFixture.below(session))
                .as("a primary and two shards, each with its watcher")
                .hasSize(6);
        for (String name : List.of("redis", "redis-shard_0", "redis-shard_1")) {
            assertThat(session.resolve(name + ".out")).content().contains("Ready to accept connections");
            assertThat(session.resolve(name + ".err")).isEmptyFile();
        }
        configuration.unregister();
        assertThat(isRegistered()).isFalse();
        RedisFixture.awaitNothingBelow(session);
        assertThat(answer.refusals()).isEmpty();
    }

    @Test
    void shouldTakeThePortsThatWereAskedForAndServeOnWhenRedisIsKilled() throws Exception {
        int primary;
        int shard;
        try (ServerSocket first = new ServerSocket(0);
                ServerSocket second = new ServerSocket(0)) {
            primary = first.getLocalPort();
            shard = second.getLocalPort();
        }
        begin(
                new FixedConfiguration()
                        .with(OptionCatalogue.PORT, primary)
                        .with(OptionCatalogue.REDIS_SHARD_PORTS, shard + ",")
                        .with(OptionCatalogue.REDIS_MAX_MEMORY, 10_000_000L),
                false);

        ControlStore control = felix.service(ControlStore.class);

        assertThat(control.address()).isEqualTo("127.0.0.1:" + primary);
        assertThat(RedisFixture.redisAt(shard, PASSWORD).isAlive()).isTrue();
        assertThat(RedisFixture.below(session)).hasSize(4);
        control.put(Table.FACTS, "key", "kept").toCompletableFuture().get(10, TimeUnit.SECONDS);
        ProcessHandle redis = RedisFixture.redisAt(primary, PASSWORD);
        redis.destroyForcibly();
        RedisFixture.awaitEnd(redis);
        assertThat(get(control, "key")).isEqualTo("kept");
        assertThat(isRegistered()).isTrue();
    }

    @Test
    void shouldComeBackWithTheAddressAndTheFactsItHadWhenItsBundleWasStopped() throws Exception {
        register(Keeper.class, new FakeKeeper());
        begin(new FixedConfiguration(), true);
        ControlStore before = felix.service(ControlStore.class);
        before.put(Table.FACTS, "key", "value").toCompletableFuture().get(10, TimeUnit.SECONDS);

        felix.bundle("org.thornback.redis").stop();
        felix.bundle("org.thornback.redis").start();

        ControlStore after = felix.service(ControlStore.class);
        assertThat(after.address()).isEqualTo(before.address());
        assertThat(get(after, "key")).isEqualTo("value");
    }

    @Test
    void shouldRefuseTheStartWhenThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            begin(new FixedConfiguration().with(OptionCatalogue.PORT, taken.getLocalPort()), false);

            assertThat(refusal()).contains("port=" + taken.getLocalPort(), "already running");
            assertThat(isRegistered()).isFalse();
        }
    }

    @Test
    void shouldRefuseShardPortsThatAreNoNumbers() {
        begin(new FixedConfiguration().with(OptionCatalogue.REDIS_SHARD_PORTS, "6380, many"), true);

        assertThat(refusal()).startsWith("redis-shard-ports: port=").contains("many is not a number");
        assertThat(isRegistered()).isFalse();
    }

    @Test
    void shouldLeaveNothingAndRefuseNothingWhenStoppedWhileItStarts() throws Exception {
        begin(new FixedConfiguration().with(OptionCatalogue.NUM_REDIS_SHARDS, 3), true);
        Await.await(() -> Files.exists(session.resolve("redis")), Duration.ofSeconds(10), "no server is being started");

        felix.bundle("org.thornback.redis").stop();

        assertThat(isRegistered()).isFalse();
        RedisFixture.awaitNothingBelow(session);
        assertThat(answer.refusals()).isEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.cluster.ClusterTables;
import org.thornback.api.cluster.ClusterView;
import org.thornback.api.cluster.NodeStatus;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.id.BinaryId;
import org.thornback.api.redis.ControlStore;
import org.thornback.api.redis.ControlStore.Table;
import org.thornback.api.resources.NodeResources;
import org.thornback.api.scheduling.LeaseScheduler;
import org.thornback.api.security.RedisCredentials;
import org.thornback.api.security.Secret;
import org.thornback.api.session.Session;
import org.thornback.api.session.WorkerLogListener;
import org.thornback.api.store.ObjectStore;
import org.thornback.api.worker.WorkerPool;
import org.thornback.node.internal.FakeLink.Granted;
import org.thornback.node.internal.FakeLink.Lines;
import org.thornback.node.internal.FakeLink.Welcome;
import org.thornback.testkit.Await;
import org.thornback.testkit.FelixExtension;
import org.thornback.testkit.RecordedAnswer;
import org.thornback.testkit.TestSession;

/** The bundle with the real transport and the real scheduler, on a real socket. */
class RayletComponentTest {
    private static final Map<String, Long> TOTAL = Map.of("CPU", 20_000L);

    @RegisterExtension
    final FelixExtension felix = new FelixExtension()
            .componentRuntime()
            .bundles(
                    "org.thornback.lib.agrona",
                    "com.google.flatbuffers.java",
                    "org.thornback.layout",
                    "com.google.gson",
                    "org.thornback.transport",
                    "org.thornback.scheduler",
                    "org.thornback.node");

    @TempDir
    Path directory;

    private final RecordedAnswer answer = new RecordedAnswer();
    private final FakePool pool = new FakePool();
    private final FakeStore store = new FakeStore();
    private final FakeControlStore control = new FakeControlStore();
    private final ClientFrames frames = new ClientFrames();
    private final BinaryId workerId = BinaryId.random();

    private record Credentials(Secret password, boolean isDefault) implements RedisCredentials {}

    @BeforeEach
    void giveTheRayletWhatItStandsOn() {
        register(StartAnswer.class, answer);
        register(Session.class, new TestSession(directory));
        register(NodeResources.class, new NodeResources(TOTAL, 2, 1 << 20, directory, "127.0.0.1"));
        register(RedisCredentials.class, new Credentials(Secret.of("secret"), false));
        register(ControlStore.class, control);
        register(ObjectStore.class, store);
        register(WorkerPool.class, pool);
        Await.await(() -> pool.listener != null, () -> "the pool was not opened");
    }

    private <T> void register(Class<T> type, T service) {
        felix.context().registerService(type, service, null);
    }

    private SocketClient worker() throws Exception {
        pool.started.add(workerId);
        SocketClient worker = new SocketClient(pool.rayletSocket);
        worker.send(frames.worker(workerId)).next(Welcome.class);
        worker.send(frames.listening("/tmp/worker"));
        return worker;
    }

    private boolean isRegistered(Class<?> type) {
        return felix.context().getServiceReference(type) != null;
    }

    @Test
    void shouldBeReadyOnceAWorkerTakesCallsAndTakeEverythingBackWhenItStops() throws Exception {
        assertThat(pool.rayletSocket).isEqualTo(directory.resolve("raylet")).exists();
        LeaseScheduler scheduler = felix.service(LeaseScheduler.class);
        Await.await(
                () -> scheduler.total().equals(TOTAL),
                () -> "the conductor told the scheduler of " + scheduler.total());
        assertThat(answer.ready()).as("no task can run yet").isEmpty();
        assertThat(isRegistered(ClusterView.class)).isFalse();

        try (SocketClient worker = worker()) {
            ClusterView view = felix.service(ClusterView.class);
            NodeStatus status = view.status().toCompletableFuture().get(5, TimeUnit.SECONDS);
            assertThat(status.total()).isEqualTo(TOTAL);
            Await.await(() -> answer.ready().isPresent(), () -> "nobody was told");
            assertThat(answer.ready().orElseThrow().redisAddress()).isEqualTo("127.0.0.1:6379");
            assertThat(status.node()).isEqualTo(answer.ready().orElseThrow());
            assertThat(store.listener).isNotNull();

            felix.bundle("org.thornback.node").stop();

            assertThat(worker.isEnded()).isTrue();
            assertThat(isRegistered(ClusterView.class)).isFalse();
            assertThat(isRegistered(WorkerLogListener.class)).isFalse();
            assertThat(directory.resolve("raylet")).doesNotExist();
            assertThat(store.listener).isNull();
        }
    }

    @Test
    void shouldServeADriverFromItsHelloToItsEnd() throws Exception {
        try (SocketClient worker = worker()) {
            BinaryId driverId = BinaryId.random();
            SocketClient driver = new SocketClient(pool.rayletSocket);
            Welcome welcome =
                    driver.send(frames.driver(driverId, 1, new byte[0])).next(Welcome.class);
            assertThat(welcome.jobId()).isEqualTo(1);
            assertThat(welcome.sessionDirectory()).isEqualTo(directory.toString());
            driver.send(frames.requestLease(4, Map.of("CPU", 10_000L), "Main.run"));
            Await.await(() -> !pool.demands.isEmpty(), () -> "no worker is wanted");

            pool.listener.available(pool.takeDemand(), workerId);

            assertThat(driver.next(Granted.class).requestId()).isEqualTo(4);
            felix.service(WorkerLogListener.class).printed(workerId.hex(), false, "hello\n");
            assertThat(driver.next(Lines.class)).isEqualTo(new Lines(77, false, "127.0.0.1", "hello\n"));
            driver.close();
            Await.await(
                    () -> control.table(Table.JOBS).get("1").contains("FINISHED"),
                    () -> "jobs=" + control.table(Table.JOBS));
            Await.await(() -> List.of(workerId).equals(pool.killed), () -> "killed=" + pool.killed);
            pool.listener.ended(workerId, 77, 137);
            LeaseScheduler scheduler = felix.service(LeaseScheduler.class);
            Await.await(() -> TOTAL.equals(scheduler.available()), () -> "available=" + scheduler.available());
        }
    }

    @Test
    void shouldShowItsTablesToOthersAndEndWhatTheyWant() throws Exception {
        try (SocketClient worker = worker()) {
            ClusterTables tables = felix.service(ClusterTables.class);
            assertThat(answerOf(tables.snapshot()).workers())
                    .singleElement()
                    .satisfies(one -> assertThat(one.id()).isEqualTo(workerId));

            assertThat(answerOf(tables.killWorker(workerId))).isTrue();

            assertThat(pool.killed).containsExactly(workerId);
            assertThat(answerOf(tables.killActor(BinaryId.random()))).isFalse();
            assertThat(answerOf(tables.killJob(7))).isFalse();
            worker.send(frames.blocked(0));
        }
    }

    private static <T> T answerOf(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    @Test
    void shouldEndOnlyTheConnectionOfAClientThatMakesNoSense() throws Exception {
        try (SocketClient worker = worker();
                SocketClient odd = new SocketClient(pool.rayletSocket)) {
            odd.send(ClientFrames.unknown());

            assertThat(odd.isEnded()).isTrue();
            ClusterView view = felix.service(ClusterView.class);
            assertThat(view.status()
                            .toCompletableFuture()
                            .get(5, TimeUnit.SECONDS)
                            .jobs())
                    .isZero();
            worker.send(frames.blocked(0));
            assertThat(pool.killed).as("the others are served on").isEmpty();
        }
    }

    @Test
    void shouldGoOnAfterADefectInOneOfItsCommands() throws Exception {
        try (SocketClient worker = worker()) {
            ClusterView view = felix.service(ClusterView.class);

            felix.service(WorkerLogListener.class).printed(null, false, "of nobody\n");
            pool.listener.available(Long.MAX_VALUE, null);

            assertThat(view.status()
                            .toCompletableFuture()
                            .get(5, TimeUnit.SECONDS)
                            .total())
                    .isEqualTo(TOTAL);
            assertThat(worker.send(frames.blocked(0))).isNotNull();
        }
    }
}

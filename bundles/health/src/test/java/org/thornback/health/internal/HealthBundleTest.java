// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.ServiceRegistration;
import org.thornback.api.cluster.ClusterView;
import org.thornback.api.cluster.NodeDescription;
import org.thornback.api.cluster.NodeStatus;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.health.NodeParts;
import org.thornback.api.id.BinaryId;
import org.thornback.api.redis.ControlStore;
import org.thornback.api.store.ObjectStore;
import org.thornback.api.store.StoreCounter;
import org.thornback.api.store.StoreStatistics;
import org.thornback.api.worker.WorkerInfo;
import org.thornback.api.worker.WorkerInfo.State;
import org.thornback.api.worker.WorkerPool;
import org.thornback.testkit.FelixExtension;

/** The bundle in a framework, beside parts of a node that answer as the test wants. */
class HealthBundleTest {
    @RegisterExtension
    final FelixExtension felix = new FelixExtension()
            .componentRuntime()
            .exports("org.apache.felix.healthcheck.api")
            .bundles("com.google.gson", "org.thornback.health");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private StoreStatistics statistics = new StoreStatistics("shm", "", Map.of(StoreCounter.CAPACITY_BYTES, 1000L));
    private List<WorkerInfo> workers = List.of(new WorkerInfo(BinaryId.random(), 1, 0, State.IDLE));
    private List<String> stopped = List.of();
    private List<String> idle = List.of();
    private ServiceRegistration<ClusterView> raylet;
    private ServiceRegistration<ControlStore> redis;

    @BeforeEach
    void beWell() {
        NodeDescription node = new NodeDescription(
                "ab", "127.0.0.1", "127.0.0.1:1", Path.of("/s"), Path.of("/r"), Path.of("/p"), Path.of("/c"));
        raylet = offer(
                ClusterView.class,
                () -> CompletableFuture.completedFuture(new NodeStatus(node, Map.of(), Map.of(), List.of(), 2, 1, 3)));
        redis = offer(
                ControlStore.class,
                Answering.of(
                        ControlStore.class,
                        Map.of(
                                "address",
                                () -> "127.0.0.1:1",
                                "get",
                                () -> CompletableFuture.completedFuture(Optional.empty()))));
        offer(
                ObjectStore.class,
                Answering.of(
                        ObjectStore.class,
                        Map.of(
                                "statistics",
                                () -> statistics,
                                "contains",
                                () -> CompletableFuture.completedFuture(false))));
        offer(WorkerPool.class, Answering.of(WorkerPool.class, Map.of("workers", () -> workers)));
        offer(NodeParts.class, new NodeParts() {
            @Override
            public boolean awaitStarted(Duration limit) {
                return true;
            }

            @Override
            public List<String> stoppedBundles() {
                return stopped;
            }

            @Override
            public List<String> idleComponents() {
                return idle;
            }

            @Override
            public List<String> idleComponents(long bundle) {
                return List.of();
            }
        });
    }

    private <T> ServiceRegistration<T> offer(Class<T> type, T service) {
        return felix.context().registerService(type, service, null);
    }

    private int check(String... words) {
        out.reset();
        err.reset();
        return felix.service(NodeCommand.class).run(List.of(words), new PrintStream(out), new PrintStream(err));
    }

    private JsonObject found(String name) {
        JsonObject all =
                JsonParser.parseString(out.toString(StandardCharsets.UTF_8)).getAsJsonObject();
        for (JsonElement row : all.getAsJsonArray("checks")) {
            if (row.getAsJsonObject().get("check").getAsString().equals(name)) {
                return row.getAsJsonObject();
            }
        }
        throw new AssertionError("no check=" + name + " in " + out);
    }

    private void assertFinding(int exit, String name, Status status, String text) {
        assertThat(check("--json")).as(out.toString()).isEqualTo(exit);
        assertThat(found(name).get("status").getAsString()).isEqualTo(status.name());
        assertThat(found(name).get("finding").getAsString()).contains(text);
    }

    @Test
    void shouldSayWhatEachCheckMeansAndFoundWhenAllIsWell() {
        assertThat(check()).isZero();

        assertThat(out.toString())
                .contains("OK       raylet        The raylet takes work: a task can run.")
                .contains("2 jobs and 3 actors are here.")
                .contains("OK       redis ", "OK       object-store ", "OK       workers ", "OK       parts ");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldSayTheSameInJson() {
        assertThat(check("--json")).isZero();

        assertThat(out.toString()).contains("\"healthy\": true");
        assertThat(found("redis").get("meaning").getAsString()).startsWith("Redis answers");
    }

    @Test
    void shouldNotBeHealthyWithoutARaylet() {
        raylet.unregister();

        assertFinding(1, "raylet", Status.CRITICAL, "does not run (yet)");
        assertThat(err.toString()).isEqualTo("ray health-check: this node is not healthy: raylet.\n");
    }

    @Test
    void shouldNotBeHealthyWhenRedisDoesNotAnswer() {
        redis.unregister();
        offer(
                ControlStore.class,
                Answering.of(
                        ControlStore.class,
                        Map.of("address", () -> "127.0.0.1:1", "get", () -> new CompletableFuture<>())));

        assertFinding(1, "redis", Status.CRITICAL, "Redis at 127.0.0.1:1 did not answer within");
    }

    @Test
    void shouldWarnOfAStoreThatIsFullOrNotWhereItWasWantedOrHadErrors() {
        statistics = new StoreStatistics(
                "shm", "", Map.of(StoreCounter.CAPACITY_BYTES, 1000L, StoreCounter.USED_BYTES, 960L));
        assertFinding(0, "object-store", Status.WARN, "960 of 1000 bytes are used");

        statistics = new StoreStatistics("shm", "There are no huge pages.", Map.of(StoreCounter.CAPACITY_BYTES, 1000L));
        assertFinding(0, "object-store", Status.WARN, "There are no huge pages.");

        statistics = new StoreStatistics(
                "shm", "", Map.of(StoreCounter.CAPACITY_BYTES, 1000L, StoreCounter.CONDUCTOR_ERRORS_TOTAL, 2L));
        assertFinding(0, "object-store", Status.WARN, "2 errors happened");
    }

    @Test
    void shouldNotBeHealthyWithoutAWorkerAndNotYetWhileAllOfThemStart() {
        workers = List.of();
        assertFinding(1, "workers", Status.CRITICAL, "no worker process");

        workers = List.of(new WorkerInfo(BinaryId.random(), 1, 0, State.STARTING));
        assertFinding(1, "workers", Status.TEMPORARILY_UNAVAILABLE, "1 starting");
    }

    @Test
    void shouldNameWhatIsMissingAndNotBeHealthyWhenAComponentLacksIt() {
        stopped = List.of("bundle=org.thornback.plasma-file is stopped.");
        assertFinding(0, "parts", Status.WARN, "bundle=org.thornback.plasma-file is stopped.");

        idle = List.of("component=x waits for store.");
        assertFinding(1, "parts", Status.CRITICAL, "is stopped. component=x waits for store.");
        assertThat(check("--problems")).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("CRITICAL parts: bundle=org.thornback.plasma-file")
                .hasLineCount(1);
    }

    @Test
    void shouldAskChecksOfOthersAndOutliveThoseThatFailOrNeverEnd() {
        Dictionary<String, Object> throwing = new Hashtable<>(Map.of(HealthCheck.NAME, "throwing"));
        felix.context()
                .registerService(
                        HealthCheck.class,
                        () -> {
                            throw new IllegalStateException("no idea");
                        },
                        throwing);
        assertFinding(1, "throwing", Status.HEALTH_CHECK_ERROR, "no idea");

        CountDownLatch never = new CountDownLatch(1);
        Dictionary<String, Object> stuck = new Hashtable<>(Map.of(HealthCheck.NAME, "stuck"));
        felix.context()
                .registerService(
                        HealthCheck.class,
                        () -> {
                            try {
                                never.await();
                            } catch (InterruptedException ended) {
                                Thread.currentThread().interrupt();
                            }
                            return new Result(Status.OK, "too late");
                        },
                        stuck);
        assertFinding(1, "stuck", Status.CRITICAL, "did not end within");
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        assertThat(check("--yaml")).isEqualTo(2);
        assertThat(err.toString()).startsWith("ray health-check: give nothing, `--json`");
    }
}

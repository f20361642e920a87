// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;
import org.thornback.api.cluster.ActorInfo;
import org.thornback.api.cluster.ActorInfo.State;
import org.thornback.api.cluster.ClusterSnapshot;
import org.thornback.api.cluster.ClusterTables;
import org.thornback.api.cluster.ClusterView;
import org.thornback.api.cluster.NodeDescription;
import org.thornback.api.cluster.NodeStatus;
import org.thornback.api.cluster.TaskInfo;
import org.thornback.api.cluster.TaskTable;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.id.BinaryId;
import org.thornback.api.metrics.MetricSource;
import org.thornback.api.resources.Machine;
import org.thornback.api.resources.NodeResources;
import org.thornback.api.resources.ResourceDetector;
import org.thornback.api.session.Session;
import org.thornback.testkit.Await;
import org.thornback.testkit.FelixExtension;
import org.thornback.testkit.FixedConfiguration;
import org.thornback.testkit.TestSession;

/** The bundle in a framework, with Micrometer's, beside a node of which some parts are there. */
class MetricsBundleTest {
    @RegisterExtension
    final FelixExtension felix =
            new FelixExtension().componentRuntime().bundles("org.thornback.lib.micrometer", "org.thornback.metrics");

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void beANode() {
        offer(Session.class, new TestSession(directory));
        offer(NodeResources.class, new NodeResources(Map.of(), 2, 100, directory, "10.0.0.1"));
        offer(ResourceDetector.class, () -> new Machine(2, 0, 1000, 400));
        NodeDescription node =
                new NodeDescription("ab", "10.0.0.1", "10.0.0.1:1", directory, directory, directory, directory);
        offer(
                ClusterView.class,
                () -> CompletableFuture.completedFuture(new NodeStatus(
                        node,
                        Map.of("CPU", 40_000L),
                        Map.of("CPU", 15_000L),
                        List.of(new NodeStatus.Demand(Map.of("CPU", 10_000L), 3)),
                        1,
                        2,
                        5)));
    }

    private record Actors(List<ActorInfo> actors) implements ClusterTables {
        @Override
        public CompletionStage<ClusterSnapshot> snapshot() {
            return CompletableFuture.completedFuture(new ClusterSnapshot(List.of(), actors, List.of(), List.of()));
        }

        @Override
        public CompletionStage<TaskTable> tasks(int most) {
            TaskTable.Count finished = new TaskTable.Count("Main.train", TaskInfo.State.FINISHED, 5);
            return CompletableFuture.completedFuture(new TaskTable(List.of(), List.of(finished, finished), 0));
        }

        @Override
        public CompletionStage<Boolean> killActor(BinaryId actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Boolean> killWorker(BinaryId worker) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Boolean> killJob(int jobId) {
            throw new UnsupportedOperationException();
        }
    }

    private static ActorInfo counter(State state) {
        Optional<BinaryId> nobody = Optional.empty();
        return new ActorInfo(BinaryId.random(), 1, "Counter", "", "", false, state, 0, Map.of(), 0, nobody, 0, "");
    }

    @AfterEach
    void hangUp() {
        client.close();
    }

    private <T> ServiceRegistration<T> offer(Class<T> type, T service) {
        return felix.context().registerService(type, service, null);
    }

    private String page() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(felix.service(NodeCommand.class).run(List.of(), new PrintStream(out), System.err))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Serves on a free port; where. */
    private URI serve() throws Exception {
        offer(Configuration.class, new FixedConfiguration().with(OptionCatalogue.METRICS_EXPORT_PORT, 0));
        Path targets = directory.resolve(MetricsServer.TARGETS);
        Await.await(() -> Files.exists(targets), () -> "nothing is served");
        return URI.create("http://"
                + Files.readString(targets).replaceAll("(?s).*\"targets\": \\[\"([^\"]+)\"].*", "$1") + "/metrics");
    }

    private HttpResponse<String> get(URI uri, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void shouldUseRaysNamesAndLabelsAndSayWhoseTheyAre() {
        assertThat(page())
                .contains("ray_resources{Name=\"CPU\",NodeAddress=\"10.0.0.1\",SessionName=\"session_test\","
                        + "State=\"USED\"} 2.5")
                .contains("# HELP ray_resources Resources of the node by name and state.")
                .contains("# TYPE ray_resources gauge")
                .containsPattern("ray_resources\\{Name=\"CPU\".*State=\"AVAILABLE\"} 1.5")
                .containsPattern("ray_scheduler_tasks\\{.*State=\"Waiting\"} 3.0")
                .containsPattern("ray_node_mem_total\\{.*} 1000.0")
                .containsPattern("ray_node_mem_used\\{.*} 600.0")
                .containsPattern("ray_node_cpu_count\\{.*} 2.0")
                .containsPattern("ray_cluster_active_nodes\\{.*} 1.0")
                .containsPattern("ray_component_rss_mb\\{Component=\"raylet\".*} [1-9]")
                .containsPattern("thornback_redis_up\\{.*} 0.0")
                .containsPattern("thornback_actors\\{.*} 5.0")
                .containsPattern("jvm_memory_used_bytes\\{.*area=\"heap\"")
                .doesNotContain("ray_object_store");
    }

    @Test
    void shouldCountActorsAndTasksByNameAndState() {
        offer(
                ClusterTables.class,
                new Actors(List.of(counter(State.PENDING), counter(State.ALIVE), counter(State.ALIVE))));

        assertThat(page())
                .containsPattern("ray_actors\\{Name=\"Counter\".*State=\"ALIVE\"} 2.0")
                .containsPattern("ray_actors\\{Name=\"Counter\".*State=\"PENDING_CREATION\"} 1.0")
                .containsPattern("ray_tasks\\{Name=\"Main.train\".*State=\"FINISHED\"} 10.0")
                .doesNotContain("DEAD");
    }

    @Test
    void shouldAskSourcesOfOthersAsTheyComeAndForgetWhatIsNoLongerReported() {
        ServiceRegistration<MetricSource> count = offer(MetricSource.class, sink -> {
            sink.counter("thornback_outsider_calls_total", "Calls.", Map.of("Kind", "a"), 7);
            sink.gauge("thornback_outsider_level", "Level.", Map.of(), 0.5);
        });
        offer(MetricSource.class, sink -> {
            throw new IllegalStateException("broken source");
        });
        assertThat(page())
                .containsPattern("thornback_outsider_calls_total\\{Kind=\"a\".*} 7.0")
                .containsPattern("thornback_outsider_level\\{.*} 0.5")
                .contains("# TYPE thornback_outsider_calls_total counter");

        count.unregister();

        assertThat(page()).doesNotContain("outsider").contains("ray_resources");
    }

    @Test
    void shouldListenOnlyWhenAskedTo() {
        offer(Configuration.class, new FixedConfiguration());
        assertThat(page()).isNotEmpty();
        assertThat(directory.resolve(MetricsServer.TOKEN)).doesNotExist();
    }

    @Test
    void shouldServeOnLoopbackToWhoHasTheTokenOnly() throws Exception {
        URI uri = serve();
        Path token = directory.resolve(MetricsServer.TOKEN);
        String authorization = "Bearer " + Files.readString(token);

        assertThat(uri.getHost()).isEqualTo("127.0.0.1");
        assertThat(Files.getPosixFilePermissions(token)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        HttpResponse<String> known = get(uri, authorization);
        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(known.body()).contains("ray_resources");
        for (String stranger : List.of("", "Bearer ", "Bearer 00", authorization.toUpperCase(Locale.ROOT))) {
            HttpResponse<String> answer = get(uri, stranger);
            assertThat(answer.statusCode()).as(stranger).isEqualTo(401);
            assertThat(answer.body()).isEmpty();
        }
        assertThat(get(uri.resolve("/metrics/more"), authorization).statusCode())
                .isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(uri)
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @Test
    void shouldLeaveNothingWhenItStops() throws Exception {
        URI uri = serve();
        felix.bundle("org.thornback.metrics").stop();

        assertThat(directory).isEmptyDirectory();
        try (var socket = new ServerSocket(uri.getPort(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.Playground;
import org.thornback.testkit.Await;
import org.thornback.testkit.Distribution.Answer;

/** A node says whether it is well, what it lacks, and what it measures. */
class WellnessIT {
    private static final String BACKEND = "org.thornback.plasma-heap";

    @TempDir
    private static Path directory;

    private static Playground playground;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        playground = new Playground(directory);
        playground.with("PATH", System.getProperty("java.home") + "/bin:" + System.getenv("PATH"));
        playground.startHead(
                "--num-cpus=1",
                "--object-store-memory=80000000",
                "--metrics-export-port=0",
                "--include-webui",
                "--webui-port=0");
    }

    @AfterAll
    static void close() {
        playground.close();
    }

    @Test
    void shouldSayWhatEachCheckMeansAndNameABundleThatStops() throws Exception {
        Answer well = playground.ray("health-check");
        assertThat(well.status()).as(well.toString()).isZero();
        assertThat(well.output())
                .contains("OK       raylet ", "OK       redis ", "OK       object-store ", "OK       workers ")
                .contains("OK       parts         Every bundle of the distribution runs");
        assertThat(playground.ray("status").output()).doesNotContain("Missing");

        assertThat(playground.ray("exec", "stop " + BACKEND).status()).isZero();

        String status = playground.ray("status").output();
        assertThat(status).contains("Missing: bundle=" + BACKEND + " is stopped");
        String remedy = status.replaceAll("(?s).*Missing: .*?`ray exec \"([^\"]+)\"`.*", "$1");
        Answer worse = playground.ray("health-check", "--json");
        assertThat(worse.status()).as("a task can run").isZero();
        assertThat(worse.output()).contains("bundle=" + BACKEND + " is stopped", "\"status\": \"WARN\"");
        Answer doctor = playground.ray("doctor");
        assertThat(doctor.status()).isEqualTo(1);
        assertThat(doctor.output()).contains("PROBLEM  node: Node session_", "WARN parts: bundle=" + BACKEND);

        assertThat(playground.ray("exec", remedy).status()).as(remedy).isZero();
        assertThat(playground.ray("health-check", "--problems").output()).isEmpty();
    }

    @Test
    void shouldSayOfRedisAndTheNodeThatTheyAreWellWhenADoctorAsks() throws Exception {
        Answer answer = playground.ray("doctor", "--port=0");

        assertThat(answer.output())
                .contains("OK       jdk: ", "OK       redis: Redis at 127.0.0.1:", "OK       node: Node session_");
        assertThat(answer.status()).as(answer.toString()).isZero();
    }

    @Test
    void shouldLookAtWhatANodeWouldUseThatTakesItsOptionsFromAFileToo() throws Exception {
        Path home = linked(directory.resolve("d"));
        Path nowhere = directory.resolve("nowhere");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(
                    home.resolve("etc/ray.conf"),
                    "port = " + taken.getLocalPort() + "\nplasma-directory = \"" + nowhere + "\"\n");
            String doctor = home.resolve("bin/ray").toString();

            String found = playground.run(List.of(doctor, "doctor")).output();

            assertThat(found)
                    .contains("PROBLEM  port " + taken.getLocalPort() + ": Something else listens there")
                    .contains("PROBLEM  memory-file-system: plasma-directory=" + nowhere + " does not exist");
            assertThat(playground
                            .run(List.of(doctor, "doctor", "--port=0", "--plasma-directory=/dev/shm", "--num-cpus=-1"))
                            .output())
                    .doesNotContain("PROBLEM  port", nowhere.toString())
                    .contains("PROBLEM  options: `ray start --head` would be refused: num-cpus=-1 (command line)");
        }
    }

    @Test
    void shouldLookAtTheMachineAlthoughAnOptionIsWrong() throws Exception {
        Path home = linked(directory.resolve("e"));
        Files.writeString(home.resolve("etc/ray.conf"), "num-cpus = many\n");
        Files.writeString(home.resolve("etc/more.cfg"), "num-gpus = 0\n");

        Answer answer = playground.run(List.of(home.resolve("bin/ray").toString(), "doctor"));

        assertThat(answer.output())
                .containsOnlyOnce("PROBLEM  options: `ray start --head` would be refused: num-cpus=many (file "
                        + home.resolve("etc/ray.conf") + ")")
                .containsPattern("(?m)^[A-Z]+ +memory-file-system: ")
                .containsPattern("(?m)^[A-Z]+ +clock: ")
                .containsPattern("(?m)^[A-Z]+ +jdk: ");
        assertThat(answer.errors()).isEmpty();
        assertThat(answer.status()).isEqualTo(1);
    }

    /** The distribution in another place, with an {@code etc} of its own. */
    private static Path linked(Path home) throws IOException {
        Path whole = playground.rayCommand().getParent().getParent();
        Files.createDirectories(home);
        for (String name : List.of("bundles", "features", "lib")) {
            Files.createSymbolicLink(home.resolve(name), whole.resolve(name));
        }
        for (String name : List.of("bin", "etc")) {
            Files.createDirectories(home.resolve(name));
            try (DirectoryStream<Path> files = Files.newDirectoryStream(whole.resolve(name))) {
                for (Path file : files) {
                    Files.copy(file, home.resolve(name).resolve(file.getFileName()), COPY_ATTRIBUTES);
                }
            }
        }
        return home;
    }

    @Test
    void shouldShowItsBundlesInTheWebConsoleToWhoHasThePassword() throws Exception {
        Path log = playground.session().resolve("logs/webui.out");
        Await.await(() -> Files.readString(log).contains("console is at"), () -> "the console does not start");
        URI console = URI.create(Files.readString(log).replaceAll("(?s).*console is at (\\S+),.*", "$1bundles.json"));
        String password = Files.readString(playground.session().resolve("webui.password"));
        String word = Base64.getEncoder().encodeToString(("ray:" + password).getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(console);
        try (HttpClient client = HttpClient.newHttpClient()) {
            Await.await(() -> statusOf(client, request.build()) == 401, () -> "strangers are let in, or nobody is");

            HttpResponse<String> page =
                    client.send(request.header("Authorization", "Basic " + word).build(), BodyHandlers.ofString());

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("org.thornback.plasma-store");
        }
    }

    private static int statusOf(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (ConnectException notYet) {
            return 0;
        }
    }

    @Test
    void shouldServeItsMetricsToWhoHasTheToken() throws Exception {
        Path session = playground.session();
        Path targets = session.resolve("prom_metrics_service_discovery.json");
        Await.await(() -> Files.exists(targets), () -> "metrics are not served after the node is ready");
        String target = Files.readString(targets).replaceAll("(?s).*\"targets\": \\[\"([^\"]+)\"].*", "$1");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + target + "/metrics"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request.build(), BodyHandlers.discarding()).statusCode())
                    .isEqualTo(401);
            String token = Files.readString(session.resolve("metrics.token"));
            HttpResponse<String> page = client.send(
                    request.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .containsPattern("ray_resources\\{Name=\"CPU\",.*State=\"AVAILABLE\"} 1.0")
                    .containsPattern("ray_object_store_memory\\{Location=\"MMAP_SHM\",.*} 0.0")
                    .containsPattern("thornback_store_capacity_bytes\\{.*} 8.0E7")
                    .containsPattern("thornback_redis_up\\{.*} 1.0");
        }
        assertThat(playground.ray("metrics").output()).contains("# TYPE ray_resources gauge");
    }
}

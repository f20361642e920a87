// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.InvalidInputException;

/** A made-up {@code /proc} for nodes that run, and a made-up {@code bin/ray} for nodes that are started. */
class ClusterLocatorTest {
    @TempDir
    private Path directory;

    private final Properties properties = new Properties();

    @Test
    void shouldConnectToTheNewestClusterTheUserStarted() throws IOException {
        node(10, "session_2026-01-01_a", "10.0.0.7:6379", false);
        node(11, "session_2026-01-03_c", "127.0.0.1:7000", true);
        node(12, "session_2026-01-02_b", "10.0.0.7:6380", false);

        Cluster cluster = locate(Map.of());

        assertThat(cluster.rayletSocket()).hasToString("/run/session_2026-01-02_b/raylet");
        assertThat(cluster.owned()).isFalse();
        assertThat(cluster.password()).isEmpty();
    }

    @Test
    void shouldPreferTheSystemPropertyToTheEnvironment() throws IOException {
        node(10, "session_a", "10.0.0.7:6379", false);
        node(12, "session_b", "10.0.0.7:6380", false);
        properties.put("ray.address", "10.0.0.7:6379");
        properties.put("ray.redis.password", "one");

        Cluster cluster = locate(Map.of("RAY_ADDRESS", "10.0.0.7:6380", "RAY_REDIS_PASSWORD", "two"));

        assertThat(cluster.rayletSocket()).hasToString("/run/session_a/raylet");
        assertThat(cluster.password()).contains("one");
        assertThat(cluster.toString()).doesNotContain("one");
    }

    @Test
    void shouldTakeLoopbackForTheNodesAddress() throws IOException {
        node(10, "session_a", "10.0.0.7:6379", false);
        properties.put("ray.address", "localhost:6379");

        assertThat(locate(Map.of()).rayletSocket()).hasToString("/run/session_a/raylet");
    }

    @Test
    void shouldNotTrustARecordOfAnEarlierProcess() throws IOException {
        node(10, "session_a", "10.0.0.7:6379", false);
        Files.writeString(directory.resolve("proc/10/stat"), stat(999));
        properties.put("ray.address", "auto");

        assertThatThrownBy(() -> locate(Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("could not find any running Ray instance");
    }

    @Test
    void shouldRefuseResourcesWhenConnecting() throws IOException {
        node(10, "session_a", "10.0.0.7:6379", false);
        properties.put("ray.head-args.0", "--num-cpus=4");
        properties.put("ray.num-gpus", "1");

        assertThatThrownBy(() -> locate(Map.of()))
                .hasMessageStartingWith("When connecting to an existing cluster, num-cpus, num-gpus")
                .hasMessageContaining("--num-gpus=1 --num-cpus=4");
    }

    @Test
    void shouldSayWhenNothingAnswersAtTheAddress() throws IOException {
        Files.createDirectories(directory.resolve("proc"));
        properties.put("ray.address", "127.0.0.1:1");

        assertThatThrownBy(() -> locate(Map.of())).hasMessageStartingWith("ray.address=127.0.0.1:1 does not answer (");
    }

    @Test
    void shouldStartAHeadAndEndItWithThePipe() throws IOException {
        Path words = script("""
            exec 3<&0
            tr '\\0' '\\n' > "$0.words" <&3 &
            reader=$!
            printf 'format=1\\nsessionDirectory=/run/s\\nredisAddress=127.0.0.1:7\\nrayletSocket=/run/s/raylet\\nowned=true\\n'
            exec 1>&- 2>&-
            wait $reader
            """);
        properties.put("ray.redis.password", "never an argument");
        properties.put("ray.num-cpus", "3");
        properties.put("ray.head-args.0", "--num-cpus=5");

        Cluster cluster = locate(Map.of());
        cluster.close();

        assertThat(cluster.owned()).isTrue();
        assertThat(cluster.rayletSocket()).hasToString("/run/s/raylet");
        assertThat(words).hasContent("""
            7
            start
            --head
            --port=0
            --node-ip-address=127.0.0.1
            --redis-password=never an argument
            --num-cpus=3
            --num-cpus=5
            """);
    }

    @Test
    void shouldThrowWhatTheHeadSaysWhenItRefuses() throws IOException {
        script("echo 'num-cpus=-3 is negative.' >&2; exit 1\n");

        assertThatThrownBy(() -> locate(Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("num-cpus=-3 is negative.");
    }

    private Cluster locate(Map<String, String> environment) {
        return ClusterLocator.locate(properties, environment, new LocalNodes(directory.resolve("proc")));
    }

    private Path script(String text) throws IOException {
        Files.createDirectories(directory.resolve("proc"));
        Path script = Files.createDirectories(directory.resolve("home/bin")).resolve("ray");
        Files.writeString(script, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        properties.put("thornback.home", directory.resolve("home").toString());
        properties.put("ray.address", "local");
        return script.resolveSibling("ray.words");
    }

    private void node(int pid, String session, String address, boolean owned) throws IOException {
        Path sessionDirectory = Files.createDirectories(directory.resolve(session));
        Files.writeString(sessionDirectory.resolve("node-" + pid + ".properties"), """
            format=1
            startTicks=%d
            sessionDirectory=/run/%s
            redisAddress=%s
            rayletSocket=/run/%s/raylet
            owned=%s
            """.formatted(
                        1000 + pid, session, address, session, owned));
        Path process = Files.createDirectories(directory.resolve("proc").resolve(Integer.toString(pid)));
        Files.writeString(process.resolve("stat"), stat(1000 + pid));
        Files.writeString(
                process.resolve("cmdline"), "java\0-Dthornback.session=" + sessionDirectory + "   \0-cp\0lib\0Main\0");
    }

    private static String stat(int startTicks) {
        return "10 (odd ) name) S 1 10 10 0 -1 4194560 1 0 0 0 1 1 0 0 20 0 1 0 " + startTicks + " 100 1\n";
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.launcher.fake.FakeDistribution;
import org.thornback.launcher.internal.record.ProcessId;
import org.thornback.testkit.Await;

/** The real {@code bin/ray} and the real launcher around a node that only answers. */
class RayScriptIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private FakeDistribution distribution;
    private Path root;

    @BeforeEach
    void unpack() throws IOException {
        distribution = new FakeDistribution(directory.resolve("home"));
        root = Files.createDirectories(directory.resolve("root"));
    }

    @AfterEach
    void stop() throws Exception {
        distribution.ray("stop", "--all", "--temp-dir=" + root);
    }

    @Test
    void shouldReturnAndLeaveANodeWhenStarted() throws Exception {
        var answer = distribution.ray("start", "--head", "--temp-dir=" + root, "--port=7001");

        assertThat(answer.status()).isZero();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).contains("ray start --address='127.0.0.1:7001'", "ray classpath", "ray stop");
        assertThat(root.resolve("ray_current_cluster")).hasContent("127.0.0.1:7001\n");
        ProcessHandle node = ProcessHandle.of(pid()).orElseThrow();
        assertThat(node.isAlive()).isTrue();
        assertThat(Files.readString(Path.of("/proc", Long.toString(node.pid()), "cmdline")))
                .as("ps shows the session")
                .contains("-Dthornback.session=" + session() + " ");
    }

    @Test
    void shouldEndTheNodeInOrderWhenStopped() throws Exception {
        distribution.ray("start", "--head", "--temp-dir=" + root);
        long pid = pid();

        var answer = distribution.ray("stop", "--temp-dir=" + root);

        assertThat(answer).isEqualTo(new FakeDistribution.Answer(0, "Stopped all 1 Ray processes.\n", ""));
        assertThat(ProcessId.startTicks(pid)).isEmpty();
        assertThat(root.resolve("stopped-" + pid)).hasContent("in order");
        assertThat(root.resolve("ray_current_cluster")).doesNotExist();
        assertThat(records()).isEmpty();
        assertThat(distribution.home().resolve("cache")).isDirectoryNotContaining("glob:**/framework/*");
    }

    @Test
    void shouldStopOnlyTheSessionMeant() throws Exception {
        distribution.ray("start", "--head", "--temp-dir=" + root, "--port=7001");
        long first = pid();
        Path other = Files.createDirectories(directory.resolve("other"));
        distribution.ray("start", "--head", "--temp-dir=" + other, "--port=7002");

        distribution.ray("stop", "--address=127.0.0.1:7002");

        assertThat(ProcessId.startTicks(first)).isPresent();
        assertThat(other.resolve("ray_current_cluster")).doesNotExist();
    }

    @Test
    void shouldKeepThePasswordOutOfEveryCommandLine() throws Exception {
        var answer = distribution.ray("start", "--head", "--temp-dir=" + root, "--redis-password=s3cr3t-of-ours");

        assertThat(answer.err()).contains("warning: --redis-password").doesNotContain("s3cr3t-of-ours");
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            assertThat(processes.map(process -> cmdline(process.pid())))
                    .noneMatch(line -> line.contains("s3cr3t-of-ours"));
        }
    }

    @Test
    void shouldRefuseInSentencesAndLeaveNothing() throws Exception {
        var answer = distribution.ray("start", "--head", "--temp-dir=" + root, "--resources=refuse");

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).isEqualTo("ray start: port=6379 is taken.\nray start: num-cpus=-1 is negative.\n");
        try (Stream<Path> left = Files.list(root)) {
            assertThat(left.filter(path -> !path.getFileName().toString().startsWith("stopped-")))
                    .isEmpty();
        }
    }

    @Test
    void shouldNameTheNearestFlagWhenOneIsUnknown() throws Exception {
        assertThat(distribution.ray("start", "--head", "--num-cpu=2"))
                .isEqualTo(new FakeDistribution.Answer(
                        2,
                        "",
                        "ray start: unknown option --num-cpu: did you mean --num-cpus? See `ray start --help`.\n"));
    }

    @Test
    void shouldStayInTheForegroundAndEndBySignalWhenBlocking() throws Exception {
        Process process = distribution.start("start", "--head", "--block", "--temp-dir=" + root);
        Await.await(() -> !records().isEmpty(), PATIENCE, () -> "no record in " + root);
        assertThat(pid()).as("the shell became the node").isEqualTo(process.pid());

        process.destroy();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 15);
        assertThat(root.resolve("stopped-" + process.pid())).hasContent("in order");
    }

    @Test
    void shouldEndWithItsOwnerWhenOwned() throws Exception {
        Process owned = distribution.start("--words-on-stdin");
        OutputStream words = owned.getOutputStream();
        words.write(("3\0start\0--head\0--temp-dir=" + root + "\0").getBytes(StandardCharsets.UTF_8));
        words.flush();
        Properties record = new Properties();
        record.load(owned.getInputStream());
        assertThat(record)
                .containsEntry("owned", "true")
                .containsEntry("sessionDirectory", session().toString());
        assertThat(root.resolve("ray_current_cluster")).doesNotExist();
        assertThat(distribution.ray("stop", "--temp-dir=" + root).out())
                .contains("Did not find any active Ray processes")
                .contains("--all");

        words.close();

        assertThat(owned.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(owned.exitValue()).isZero();
        assertThat(root.resolve("stopped-" + owned.pid())).hasContent("in order");
    }

    @Test
    void shouldSayThatTheJdkIsMissingWhenThereIsNone() throws Exception {
        Path script = distribution.home().resolve("bin/find-java");
        Files.writeString(script, Files.readString(script).replace("JAVA_WANTED=25", "JAVA_WANTED=99"));

        var answer = distribution.ray("start", "--head");

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.err().lines()).singleElement().asString().contains("needs a JDK 99", "JAVA_HOME");
    }

    private List<Path> records() {
        try (Stream<Path> sessions = Files.walk(root, 2)) {
            return sessions.filter(path -> path.getFileName().toString().matches("node-\\d+\\.properties"))
                    .toList();
        } catch (IOException changing) {
            return List.of();
        }
    }

    private long pid() {
        return Long.parseLong(records().getFirst().getFileName().toString().replaceAll("\\D", ""));
    }

    private Path session() {
        return records().getFirst().getParent();
    }

    private static String cmdline(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }
}

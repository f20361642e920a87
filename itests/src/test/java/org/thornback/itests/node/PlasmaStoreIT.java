// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.testkit.Await;
import org.thornback.testkit.Distribution;
import org.thornback.testkit.Distribution.Answer;
import org.thornback.testkit.PyArrow;

/** {@code ray plasma-store} in place of Arrow's binary. */
class PlasmaStoreIT {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private final Distribution distribution = Distribution.current();
    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(distribution.ray().toString(), "plasma-store"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("err").toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .start();
        started.add(process);
        return process;
    }

    private String errors() throws IOException {
        return Files.readString(directory.resolve("err"));
    }

    private void awaitSocket(Path socket) {
        Await.await(
                () -> {
                    SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
                    return true;
                },
                LONGEST,
                () -> "no store answers at " + socket);
    }

    @Test
    void shouldServeUntilItIsTerminatedAndLeaveNothing() throws Exception {
        Path socket = directory.resolve("plasma");
        Process store = start("-s", socket.toString(), "-m", "50000000");
        awaitSocket(socket);
        Await.await(() -> errors().contains("ready at socket=" + socket), () -> "it does not say that it is ready");
        assertThat(Files.list(Path.of("/dev/shm"))
                        .filter(file -> file.toString().contains("thornback")))
                .isEmpty();
        store.destroy();
        assertThat(store.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(store.exitValue()).as(errors()).isZero();
        assertThat(socket).doesNotExist();
        assertThat(directory.resolve("out")).isEmptyFile();
    }

    @Test
    void shouldUseNineTenthsOfWhatIsThereWhenMoreIsAskedFor() throws Exception {
        Path socket = directory.resolve("plasma");
        start("-s" + socket, "-m", "900000000000000", "-d/dev/shm");
        awaitSocket(socket);
        assertThat(errors()).contains("warning: bytes=900000000000000 exceed what directory=/dev/shm has free");
    }

    @Test
    void shouldKeepWhatItEvictsInAnExternalStore() throws Exception {
        PyArrow.Found found = PyArrow.find();
        Assumptions.assumeTrue(found.pyarrow().isPresent(), found.reason());
        Path socket = directory.resolve("plasma");
        start("-s", socket.toString(), "-m", "50000000", "-e", "hashtable://test");
        awaitSocket(socket);
        Path script = Path.of(getClass().getResource("/pyarrow/external.py").toURI());
        PyArrow.Result result = found.pyarrow().get().run(script, socket.toString());
        assertThat(result.output()).as("status %d", result.status()).contains("all 30 are whole");
    }

    @Test
    void shouldSayInOneLineWhatIsMissingOrWrong() throws Exception {
        Map<List<String>, String> mistakes = Map.of(
                List.of(), "-s switch",
                List.of("-s", "/tmp/x"), "-m switch",
                List.of("-s", "/tmp/x", "-m", "1G"), "-m 1G is no number of bytes",
                List.of("-s", "/tmp/x", "-m", "100", "-h"), "-d switch",
                List.of("-s", "/tmp/x", "-m", "100", "-h", "-d", "/dev/shm"), "is not on a hugetlbfs",
                List.of("-s", "/tmp/x", "-m", "100", "-d", "/does/not/exist"), "directory=/does/not/exist",
                List.of("-s", "/tmp/x", "-m", "100", "-e", "redis://x"), "endpoint=redis://x is not known",
                List.of("-x"), "switch=-x is not known");
        for (Map.Entry<List<String>, String> mistake : mistakes.entrySet()) {
            List<String> words = new ArrayList<>(List.of("plasma-store"));
            words.addAll(mistake.getKey());
            Answer answer = distribution.run(LONGEST, Map.of(), words.toArray(String[]::new));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(1);
            assertThat(answer.errors().strip().lines()).as(answer.toString()).hasSize(1);
            assertThat(answer.errors()).startsWith("ray plasma-store: ").contains(mistake.getValue());
        }
    }
}

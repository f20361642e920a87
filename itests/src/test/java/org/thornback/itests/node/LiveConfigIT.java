// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.Playground;
import org.thornback.testkit.Distribution.Answer;

/** Options are shown and changed while a node runs. */
class LiveConfigIT {
    @TempDir
    private Path directory;

    private Playground playground;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        playground = new Playground(directory);
        playground.startHead("--num-cpus=1", "--object-store-memory=80000000");
    }

    @AfterEach
    void close() {
        playground.close();
    }

    private Answer config(String... words) throws IOException, InterruptedException {
        String[] all = new String[words.length + 1];
        all[0] = "config";
        System.arraycopy(words, 0, all, 1, words.length);
        return playground.ray(all);
    }

    private String log(String component) throws IOException {
        return Files.readString(playground.session().resolve("logs").resolve(component + ".out"));
    }

    @Test
    void shouldTakeOnEditsWhileItRunsAndLogThem() throws Exception {
        assertThat(config("get", "log-level").output()).isEqualTo("INFO\n");

        Answer set = config("set", "log-level", "DEBUG");

        assertThat(set.status()).as(set.toString()).isZero();
        assertThat(set.output()).isEqualTo("log-level: INFO -> DEBUG\n");
        assertThat(config("explain", "log-level").output())
                .startsWith("log-level=DEBUG (ray config set)\n")
                .contains("One of TRACE, DEBUG, INFO, WARN, ERROR.");
        assertThat(log("raylet")).contains("option log-level: INFO -> DEBUG (ray config set)");

        assertThat(config("set", "log-level", "WARN").status()).isZero();
        assertThat(config("set", "log-max-bytes", "1048576").status()).isZero();
        assertThat(log("raylet")).doesNotContain("option log-max-bytes");

        Answer several = config("set", "num-cpus=2", "num-warm-workers=3", "object-store-memory=90000000");
        assertThat(several.output())
                .isEqualTo(
                        "num-cpus: 1 -> 2\nnum-warm-workers: none -> 3\nobject-store-memory: 80000000 -> 90000000\n");
        assertThat(playground.ray("status").output()).contains("0.0/2.0 CPU", "of 85.83MiB used");
        Answer half = config("set", "num-cpus=4", "object-store-memory=1");
        assertThat(half.status()).isEqualTo(1);
        assertThat(half.errors()).contains("object-store-memory=1 bytes is less than the minimum");
        assertThat(config("get", "num-cpus").output()).isEqualTo("2\n");

        Answer moved = config("set", "plasma-directory", directory.toString());
        assertThat(moved.status()).as(moved.toString()).isZero();
        assertThat(playground.ray("store", "list").output()).containsPattern("shm +yes +" + directory);
        assertThat(playground.ray("store", "use", "shm", "--directory=/dev/shm").status())
                .isZero();
        assertThat(config("get", "plasma-directory").output()).isEqualTo("/dev/shm\n");
        assertThat(config("list").output())
                .containsPattern("num-cpus +2 +yes +ray config set")
                .containsPattern("plasma-directory +/dev/shm +yes +store use")
                .containsPattern("redis-password +\\*{4} ");
    }

    @Test
    void shouldRefuseWhatCannotBeInOneSentenceAndKeepWhatHolds() throws Exception {
        refuses(1, "ray config: log-level=LOUD (ray config set) is not one of", "set", "log-level", "LOUD");
        refuses(1, "ray config: option=port cannot be changed while the node runs", "set", "port", "2");
        refuses(1, "ray config: option=num-cpu is unknown", "set", "num-cpu", "2");
        refuses(1, "ray config: option=num-cpu is unknown", "get", "num-cpu");
        refuses(1, "ray config: plasma-directory=/nowhere", "set", "plasma-directory", "/nowhere");
        refuses(1, "ray config: scheduler-policy=best is not there; there are hybrid.", "set", "scheduler-policy=best");
        refuses(2, "ray config: give `list`", "get");
        refuses(2, "ray config: give `list`", "set", "log-level=INFO", "log-level");
        assertThat(config("get", "plasma-directory").output()).isEqualTo("\n");
        assertThat(config("get", "log-level").output()).isEqualTo("INFO\n");
    }

    private void refuses(int status, String sentence, String... words) throws IOException, InterruptedException {
        Answer answer = config(words);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.errors()).startsWith(sentence).hasLineCount(1);
    }
}

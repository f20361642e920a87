// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.Playground;
import org.thornback.testkit.Distribution.Answer;

/** Lines of the Felix shell, run in a node. */
class ExecIT {
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

    private Answer exec(String line) throws IOException, InterruptedException {
        return playground.ray("exec", line);
    }

    @Test
    void shouldRunOurCommandsAndThoseOfFelix() throws Exception {
        assertThat(exec("ray:config get num-cpus").output()).isEqualTo("1\n");
        assertThat(exec("ray:status").output()).contains("/1.0 CPU");
        Answer bundles = exec("lb -s");
        assertThat(bundles.status()).as(bundles.toString()).isZero();
        assertThat(bundles.output()).contains("org.thornback.plasma-store").contains("Active");
        assertThat(exec("scr:list").output()).contains("org.thornback.node.internal.RayletComponent");
    }

    @Test
    void shouldSayInOneSentenceWhatWentWrongAndTellItByTheExitStatus() throws Exception {
        Answer refused = exec("ray:config set log-level LOUD");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.errors()).startsWith("ray config: log-level=LOUD").hasLineCount(1);

        Answer unknown = exec("nonsense");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.errors())
                .startsWith("ray exec: ")
                .contains("nonsense")
                .hasLineCount(1);

        assertThat(playground.ray("exec").status()).isEqualTo(2);
    }

    @Test
    void shouldStopAndStartABundleWhileTheNodeRuns() throws Exception {
        String file = "--directory=" + directory;
        String number = exec("lb -s plasma-file").output().replaceAll("(?s).*?(\\d+)\\|Active.*", "$1");

        Answer stop = exec("stop " + number);

        assertThat(stop.status()).as(stop.toString()).isZero();
        assertThat(exec("lb -s plasma-file").output()).contains("Resolved");
        assertThat(playground.ray("store", "use", "file", file).errors()).contains("plasma-backend=file in");
        assertThat(exec("start " + number).status()).isZero();
        Answer used = playground.ray("store", "use", "file", file);
        assertThat(used.status()).as(used.toString()).isZero();
        assertThat(exec("stop org.thornback.plasma-file").status())
                .as("by name")
                .isZero();
        assertThat(playground.ray("store", "list").output()).containsPattern("file +yes");
    }
}

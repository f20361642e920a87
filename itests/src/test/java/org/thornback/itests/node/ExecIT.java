// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.Playground;
import org.thornback.testkit.Distribution.Answer;

/** Lines of the Felix shell, run in a node. */
class ExecIT {
    private static final int COLUMNS = 60;

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

    private static Answer refusal(int status, String sentence) {
        return new Answer(status, "", "ray exec: " + sentence + "\n");
    }

    @Test
    void shouldRunOurCommandsAndThoseOfFelix() throws Exception {
        assertThat(exec("ray:config get num-cpus").output()).isEqualTo("1\n");
        assertThat(exec("ray:status").output()).contains("/1.0 CPU");
        Answer bundles = exec("lb -s");
        assertThat(bundles.status()).as(bundles.toString()).isZero();
        assertThat(bundles.output()).contains("org.thornback.plasma-store").contains("Active");
        assertThat(exec("scr:list").output()).contains("org.thornback.node.internal.RayletComponent");
        assertThat(exec("scr:info RayletComponent").output())
                .startsWith("Component Description: org.thornback.node.internal.RayletComponent");
        assertThat(exec("felix:help start").output()).contains("start bundles").contains("-t, --transient");
    }

    @Test
    void shouldSayInOneSentenceWhatWentWrongAndTellItByTheExitStatus() throws Exception {
        Answer refused = exec("ray:config set log-level LOUD");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.errors()).startsWith("ray config: log-level=LOUD").hasLineCount(1);

        assertThat(exec("nonsense"))
                .isEqualTo(refusal(
                        1,
                        "there is no command=nonsense; `help` lists ours, and `felix:help` those of the Felix shell."));
        String noBundle = "there is no bundle=9999; `lb -s` shows the numbers and names of those there are.";
        for (String command : List.of("start -t", "stop", "update", "uninstall", "scr:list")) {
            assertThat(exec(command + " 9999")).isEqualTo(refusal(1, noBundle));
        }
        assertThat(exec("install file:/nope.jar"))
                .isEqualTo(refusal(
                        1, "location=file:/nope.jar cannot be installed: /nope.jar (No such file or directory)."));
        assertThat(exec("scr:info nope"))
                .isEqualTo(refusal(1, "there is no component=nope; `scr:list` shows those there are."));
        assertThat(exec("headers nope"))
                .isEqualTo(refusal(
                        2, "command=headers does not take these words; `felix:help headers` shows what it takes."));
        assertThat(playground.ray("exec").status()).isEqualTo(2);
    }

    @Test
    void shouldFitItsTablesIntoTheTerminalOfItsUser() throws Exception {
        String line = "stty cols " + COLUMNS + "; " + playground.rayCommand() + " exec \"config list\"";

        Answer answer = playground.run(List.of("script", "-qec", line, "/dev/null"));

        assertThat(answer.output()).contains("num-cpus");
        assertThat(answer.output().lines().map(String::stripTrailing))
                .allSatisfy(shown -> assertThat(shown).hasSizeLessThanOrEqualTo(COLUMNS));
    }

    @Test
    void shouldTakeAFileFromTheDirectoryOfItsUser() throws Exception {
        Path here = Path.of("").toAbsolutePath();

        assertThat(exec("deploy add some.cfg").errors())
                .startsWith("ray deploy: file=" + here.resolve("some.cfg") + " cannot be read");
        assertThat(exec("deploy add --from=" + directory + " some.cfg").errors())
                .startsWith("ray deploy: file=" + directory.resolve("some.cfg") + " cannot be read");
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

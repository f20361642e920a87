// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.Playground;
import org.thornback.itests.process.Running;
import org.thornback.itests.programs.FirstTask;
import org.thornback.itests.programs.InitAgain;
import org.thornback.itests.programs.Speaker;
import org.thornback.testkit.Distribution.Answer;
import org.thornback.testkit.FilesystemFootprint;

/** Whole programs: started again in one JVM, speaking from workers, and those that come with the distribution. */
class ProgramsIT {
    @TempDir
    private Path directory;

    private Playground playground;

    @BeforeEach
    void open() {
        playground = new Playground(directory);
    }

    @AfterEach
    void close() {
        playground.close();
    }

    @Test
    void shouldWorkAgainWhenAProgramInitializesTwice() throws Exception {
        Answer answer = playground.program(InitAgain.class, "-Dray.address=local");

        assertThat(answer.status()).as(answer.toString()).isZero();
        assertThat(answer.output())
                .contains("round=1 initialized=true bytes=1048576 worker=true")
                .contains("round=2 initialized=true bytes=1048576 worker=true")
                .contains("down: Ray has not been started yet. You can start Ray with 'Ray.init()'");
        Traces.awaitNone(playground);
    }

    @Test
    void shouldShowWhatWorkersPrintWhenTheDriverRuns() throws Exception {
        Running driver = playground.startProgram(Speaker.class, "-Dray.address=local");
        String worker = driver.awaitOutput("speaker=(\\d+)").group(1);

        driver.awaitOutput("\\(pid=" + worker + ", ip=127\\.0\\.0\\.1\\) spoken to standard output");
        driver.awaitErrors("\\(pid=" + worker + ", ip=127\\.0\\.0\\.1\\) spoken to standard error");
    }

    @Test
    void shouldLeaveNothingWhenTheDemoIsInterrupted() throws Exception {
        Running demo = playground.startRay("demo");
        demo.awaitOutput("Mapping the JDK");

        demo.signal("INT");

        Traces.awaitNone(playground);
    }

    @Test
    void shouldLeaveNothingOutsideItsDirectoriesWhenItHasRun() throws Exception {
        FilesystemFootprint before = FilesystemFootprint.ofMachine(this::isNotOurs);

        String address = playground.startHead("--num-cpus=1");
        assertThat(playground
                        .program(FirstTask.class, "-Dray.address=" + address)
                        .output())
                .contains("answer=42");
        playground.ray("stop", "--temp-dir=" + playground.tempRoot());
        assertThat(playground.example("org.thornback.examples.MonteCarloPi").status())
                .isZero();

        assertThat(before.addedSince()).isEmpty();
    }

    /** The clone, Maven's cache, this test's own directory, and what the JVMs that run the tests keep of themselves. */
    private boolean isNotOurs(Path path) {
        return path.startsWith(System.getProperty("thornback.root"))
                || path.startsWith(directory)
                || path.toString().contains("/.m2")
                || path.getFileName().toString().matches("hsperfdata_.*|surefire.*|bash_.*");
    }

    @Test
    void shouldRunWhenASmallExampleIsAskedFor() throws Exception {
        for (String example : new String[] {"MonteCarloPi", "BankActors"}) {
            Answer answer = playground.example("org.thornback.examples." + example);

            assertThat(answer.status()).as(answer.toString()).isZero();
            assertThat(answer.output()).isNotBlank();
        }
        Traces.awaitNone(playground);
    }
}

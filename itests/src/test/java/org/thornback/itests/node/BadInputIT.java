// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thornback.itests.process.Jdks;
import org.thornback.itests.process.OtherUser;
import org.thornback.itests.process.Playground;
import org.thornback.itests.programs.FirstTask;
import org.thornback.itests.programs.Mistakes;
import org.thornback.itests.programs.Outsider;
import org.thornback.testkit.Distribution.Answer;

/** Bad input gets one sentence and an exit status, and nothing is half-started. */
class BadInputIT {
    private static final int SOMEBODY_ELSE = 54_321;

    /** Lays an empty directory over each argument up to {@code --}, then becomes what follows. */
    private static final String HIDING = """
        while [ "$1" != -- ]; do mount -t tmpfs none "$1" || exit 99; shift; done
        shift
        exec "$@"
        """;

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

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--num-cpu=3 | 2 | --num-cpus",
                "--num-cpus=-1 | 1 | num-cpus=-1",
                "--num-cpus=many | 1 | num-cpus=many",
                "--resources={Resource1 | 1 | not a valid JSON",
                "--resources=[1] | 1 | not a valid JSON",
                "--resources={\"CPU\": 1} | 1 | --num-cpus",
                "--resources={\"node:__internal_head__\": 1} | 1 | node:__internal_head__",
                "--resources={\"A\": -1} | 1 | nonnegative",
                "--resources={\"A\": 1.5} | 1 | whole numbers",
                "--redis-password=two words | 1 | spaces",
                "--temp-dir=relative/path | 1 | relative/path",
                "--object-store-memory=90000000000000 | 1 | object-store-memory=90000000000000",
                "--plasma-directory=/nowhere/at/all | 1 | /nowhere/at/all",
                "--redis-shard-ports=1,x | 1 | x",
                "--huge-pages | 1 | huge-pages=true",
            })
    void shouldSayWhatIsWrongWhenAnOptionCannotBeMeant(String flag, int status, String said) throws Exception {
        refused(status, said, "start", "--head", "--port=0", "--node-ip-address=127.0.0.1", flag.strip());
    }

    @Test
    void shouldTellEveryProblemAtOnceWhenThereAreSeveral() throws Exception {
        Answer answer = playground.ray("start", "--head", "--port=0", "--num-cpus=-1", "--num-gpus=x");

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.errors().lines()).as(answer.toString()).hasSize(2);
        assertThat(answer.errors()).contains("num-cpus=-1", "num-gpus=x");
    }

    @Test
    void shouldRefuseThePortWhenSomebodyElseHasIt() throws Exception {
        try (var other = new ServerSocket(0)) {
            refused(
                    1,
                    "port=" + other.getLocalPort(),
                    "start",
                    "--head",
                    "--node-ip-address=127.0.0.1",
                    "--port=" + other.getLocalPort());
        }
    }

    @Test
    void shouldSaySoWhenNobodyAnswersAtTheAddress() throws Exception {
        refused(1, "127.0.0.1:1", "start", "--address=127.0.0.1:1");
    }

    @Test
    void shouldRefuseTheTempDirWhenItIsASymbolicLinkOfSomebodyElse() throws Exception {
        assumeRoot("can give a link to somebody else");
        Path link = Files.createSymbolicLink(
                directory.resolve("link"), Files.createDirectories(directory.resolve("elsewhere")));
        Files.setAttribute(link, "unix:uid", SOMEBODY_ELSE, LinkOption.NOFOLLOW_LINKS);

        refused(1, link.toString(), "start", "--head", "--port=0", "--temp-dir=" + link);
        assertThat(directory.resolve("elsewhere")).isEmptyDirectory();
    }

    @Test
    void shouldGoElsewhereAndSaySoWhenTheUsualTempDirIsSomebodyElses() throws Exception {
        assumeRoot("can give a directory to somebody else");
        Path theirs = Files.createDirectories(directory.resolve("t/ray"));
        Files.setAttribute(theirs, "unix:uid", SOMEBODY_ELSE);
        playground.without("RAY_TMPDIR").with("TMPDIR", theirs.getParent().toString());

        Answer answer = playground.ray("start", "--head", "--port=0", "--node-ip-address=127.0.0.1", "--num-cpus=1");

        assertThat(answer.status()).as(answer.toString()).isZero();
        Path ours = theirs.resolveSibling("ray_" + System.getProperty("user.name"));
        assertThat(answer.errors()).contains("warning: " + theirs + " belongs to ", "go to " + ours);
        assertThat(answer.output()).contains(ours + "/session_");
        assertThat(theirs).isEmptyDirectory();
        assertThat(playground.ray("stop", "--temp-dir=" + ours).status()).isZero();
    }

    @Test
    void shouldRefuseTheTempDirWhenItsUserMayNotWriteThere() throws Exception {
        assumeRoot("can be somebody else for a while");
        OtherUser nobody = OtherUser.in(playground, directory);
        Path closed = Files.createDirectory(directory.resolve("closed"));

        for (Path place : List.of(closed, closed.resolve("below"))) {
            Answer answer = nobody.ray("start", "--head", "--port=0", "--temp-dir=" + place);

            assertThat(answer.status()).as(answer.toString()).isEqualTo(1);
            assertThat(answer.errors().lines()).as(answer.toString()).hasSize(1);
            assertThat(answer.errors()).contains("temp-dir=" + place);
            assertThat(closed).isEmptyDirectory();
        }
        playground.awaitNoProcess(Traces.SOON);
    }

    @Test
    void shouldSaySoWhenItsUserMayNotWriteTheCache() throws Exception {
        assumeRoot("can be somebody else for a while");
        OtherUser nobody = OtherUser.in(playground, directory);
        playground.with("XDG_CACHE_HOME", "/proc/cache");

        Answer answer = nobody.ray("start", "--head", "--port=0");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(1);
        assertThat(answer.errors().lines())
                .as(answer.toString())
                .singleElement()
                .asString()
                .contains("XDG_CACHE_HOME");
    }

    @Test
    void shouldRefuseMoreObjectStoreThanItsFileSystemHolds() throws Exception {
        long total = Files.getFileStore(Path.of("/dev/shm")).getTotalSpace();
        long tooMuch = total + (1 << 30);

        refused(
                1,
                "object-store-memory=" + tooMuch,
                "start",
                "--head",
                "--port=0",
                "--plasma-directory=/dev/shm",
                "--object-store-memory=" + tooMuch);
    }

    @Test
    void shouldStartNothingWhenAProgramsOptionsAreWrong() throws Exception {
        Answer answer = playground.program(FirstTask.class, "-Dray.address=local", "-Dray.num-cpus=many");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(1);
        assertThat(answer.errors()).contains("num-cpus=many");
        playground.awaitNoProcess(Traces.SOON);
        assertThat(playground.tempRoot().resolve("session_latest")).doesNotExist();
    }

    @Test
    void shouldSaySoWhenAProgramRunsOnAnOlderJdk() throws Exception {
        Path old = Jdks.older();
        Path source = Files.writeString(directory.resolve("Old.java"), """
            public class Old {
                public static void main(String[] arguments) {
                    io.ray.api.Ray.init();
                }
            }
            """);
        String classPath = playground.ray("classpath").output().strip();

        Answer answer =
                playground.run(List.of(old.resolve("bin/java").toString(), "-cp", classPath, source.toString()));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(1);
        assertThat(answer.errors())
                .contains("Thornback needs Java 25 or newer", "java.home=" + old.toRealPath())
                .doesNotContain("UnsupportedClassVersionError");
        assertThat(playground.tempRoot()).doesNotExist();
    }

    @Test
    void shouldSaySoWhenThereIsNoJdkItRunsOn() throws Exception {
        assumeRoot("can hide a JDK from a command");
        Path old = Jdks.older();
        var command = new ArrayList<>(List.of("unshare", "--mount", "/bin/sh", "-c", HIDING, "sh"));
        command.addAll(Jdks.newer().stream().map(Path::toString).toList());
        command.addAll(List.of("--", playground.rayCommand().toString(), "status"));
        playground
                .with("JAVA_HOME", old.toString())
                .with("PATH", old.resolve("bin") + ":/usr/bin:/bin")
                .with("HOME", directory.toString());

        Answer answer = playground.run(command);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(1);
        assertThat(answer.errors().lines())
                .as(answer.toString())
                .singleElement()
                .asString()
                .contains("needs a JDK 25");
        assertThat(answer.output()).isEmpty();
    }

    @Test
    void shouldSayWhichClassIsMissingWhenWorkersCannotFindIt() throws Exception {
        Answer answer = playground.program(
                Outsider.class, "-Dray.address=local", "-Dray.job.code-search-path=" + directory.resolve("empty"));

        assertThat(answer.output()).as(answer.toString()).contains("failed: ").contains(Outsider.class.getName());
        assertThat(answer.status()).isZero();
    }

    @Test
    void shouldSayWhatCannotBeSentWhenAnArgumentIsNotSerializable() throws Exception {
        Answer answer = playground.program(Mistakes.class, "-Dray.address=local");

        assertThat(answer.output())
                .as(answer.toString())
                .contains("refused: value of class=", "Mistakes$Unsendable", "java.io.Serializable")
                .contains("null is fine: 0");
        assertThat(answer.status()).isZero();
    }

    private static void assumeRoot(String can) throws IOException {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root " + can);
    }

    private void refused(int status, String said, String... words) throws IOException, InterruptedException {
        Answer answer = playground.ray(words);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.output()).isEmpty();
        assertThat(answer.errors()).contains(said).doesNotContain("\tat ", "Exception");
        assertThat(lines(answer)).as(answer.toString()).hasSize(1);
        playground.awaitNoProcess(Traces.SOON);
        assertThat(directory.resolve("r").resolve("session_latest")).doesNotExist();
    }

    /** Without the remark that a password on a command line can be read by others. */
    private static List<String> lines(Answer answer) {
        var lines = new ArrayList<>(answer.errors().lines().toList());
        lines.removeIf(line -> line.contains("warning:"));
        return lines;
    }
}

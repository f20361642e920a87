// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.Playground;
import org.thornback.testkit.Distribution;
import org.thornback.testkit.Distribution.Answer;

/** What README.md says to type is typed, in a clone that has been built, and does what it says. */
class ReadmeIT {
    private static final int DEFAULT_PORT = 6379;

    @TempDir
    private Path directory;

    private final Path root = Path.of(System.getProperty("thornback.root"));
    private final List<Path> links = new ArrayList<>();
    private Readme readme;
    private Playground playground;
    private Path clone;

    @BeforeEach
    void open() throws IOException {
        readme = Readme.of(root);
        playground = new Playground(directory);
        playground.with("PATH", System.getProperty("java.home") + "/bin:" + System.getenv("PATH"));
        clone = builtClone();
    }

    @AfterEach
    void close() throws IOException {
        playground.close();
        for (Path link : links) {
            Files.delete(link); // what they lead to is not this test's to clean up
        }
    }

    @Test
    void shouldRunTheDemoAndLeaveNothingWhenTheFirstCommandIsTyped() throws Exception {
        List<String> commands = readme.commands("Two commands");
        assertThat(commands).containsExactly("./ray demo", "mvn verify");

        Answer answer = type(commands.getFirst());

        assertThat(answer.status()).as(answer.toString()).isZero();
        assertThat(answer.output())
                .contains("java.lang", "Most used methods", "Largest classes", "tasks/s", "through the object store")
                .contains("worker pid=", "Logs of this session are in");
        assertThat(answer.errors()).doesNotContain("building the distribution");
        playground.awaitNoProcess(Duration.ofSeconds(3));
    }

    @Test
    void shouldDoWhatItSaysWhenTheTourIsTaken() throws Exception {
        List<String> commands = readme.commands("Five minutes");
        assertThat(commands).hasSize(4);
        assertThat(commands.get(0)).isEqualTo("./ray start --head");
        assertThat(commands.get(3)).isEqualTo("./ray stop");

        Answer started = type(commands.get(0) + (isTaken(DEFAULT_PORT) ? " --port=0" : ""));
        assertThat(started.status()).as(started.toString()).isZero();
        // Other clusters of this user on this machine are not meant, nor are they to be stopped.
        playground.with("RAY_ADDRESS", started.output().replaceAll("(?s).*--address='([^']+)'.*", "$1"));
        assertThat(type(commands.get(1)).output()).contains(" CPU", "object_store_memory");
        assertThat(type(commands.get(2)))
                .satisfies(answer -> assertThat(answer.output()).contains("3.14"))
                .satisfies(answer -> assertThat(answer.errors()).isEmpty());
        Answer stopped = type(commands.get(3) + " --temp-dir=" + playground.tempRoot());

        assertThat(stopped.output()).contains("Stopped all");
        playground.awaitNoProcess(Duration.ofSeconds(3));
    }

    @Test
    void shouldDoWhatItSaysWhileItRuns() throws Exception {
        List<String> commands = readme.commands("While it runs");
        assertThat(commands).hasSizeGreaterThanOrEqualTo(5);
        playground.with("RAY_ADDRESS", playground.startHead("--num-cpus=1", "--object-store-memory=80000000"));

        for (String command : commands) {
            Answer answer = type(command);
            assertThat(answer.status()).as(command + ": " + answer).isZero();
            assertThat(answer.output()).as(command).isNotBlank();
            assertThat(answer.errors()).as(command).isEmpty();
        }
    }

    @Test
    void shouldNameEveryModuleAndNothingThatIsNotThere() throws IOException {
        List<Path> named = readme.directories("Where things are");

        assertThat(named).allSatisfy(path -> assertThat(root.resolve(path)).isDirectory());
        try (Stream<Path> modules = Files.list(root.resolve("bundles"))) {
            assertThat(modules.filter(module -> Files.exists(module.resolve("pom.xml")))
                            .map(root::relativize))
                    .isSubsetOf(named);
        }
    }

    @Test
    void shouldNameProjectsAndTestsThatAreThereWhenItSaysHowToWork() throws IOException {
        for (String command : readme.commands("Working on it")) {
            assertThat(command).startsWith("mvn ");
            Path project = root.resolve(command.replaceAll(".* -pl (\\S+).*", "$1"));
            assertThat(project.resolve("pom.xml")).as(command).isRegularFile();
            if (command.contains("-Dit.test=")) {
                String test = command.replaceAll(".*-Dit\\.test=(\\S+).*", "$1.java");
                try (Stream<Path> files = Files.walk(project.resolve("src/test/java"))) {
                    assertThat(files).as(command).anyMatch(file -> file.endsWith(test));
                }
            }
        }
    }

    /** The parts of a clone that commands need, as they are after a build: its distribution is not touched. */
    private Path builtClone() throws IOException {
        Path built = Files.createDirectories(directory.resolve("clone"));
        Files.copy(root.resolve("ray"), built.resolve("ray"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String part : List.of("features", "examples")) {
            link(built.resolve(part), root.resolve(part));
        }
        Path target = Files.createDirectories(built.resolve("distribution/target"));
        link(target.resolve("thornback-under-test"), Distribution.current().home());
        Files.createFile(target.resolve(".built"));
        return built;
    }

    private void link(Path from, Path to) throws IOException {
        links.add(Files.createSymbolicLink(from, to));
    }

    private Answer type(String command) throws IOException, InterruptedException {
        return playground.run(List.of("/bin/sh", "-c", "cd \"$1\" && " + command, "sh", clone.toString()));
    }

    private static boolean isTaken(int port) {
        try (var socket = new ServerSocket(port)) {
            return !socket.isBound();
        } catch (IOException taken) {
            return true;
        }
    }
}

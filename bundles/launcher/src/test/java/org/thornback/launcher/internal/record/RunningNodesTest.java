// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.testkit.Await;

/** Real processes that carry a session in their command line, as nodes do. */
class RunningNodesTest {
    @TempDir
    private Path root;

    private Process first;
    private Process second;

    @AfterEach
    void end() {
        for (Process process : new Process[] {first, second}) {
            if (process != null) {
                process.destroyForcibly().onExit().join();
            }
        }
    }

    @Test
    void shouldFindNodesByTheirCommandLine() throws IOException {
        first = process("session_1", false);
        second = process("session_2", true);

        List<RunningNode> found = below(new RunningNodes().list());

        assertThat(found).extracting(node -> node.process().pid()).containsExactly(first.pid(), second.pid());
        assertThat(found).extracting(RunningNode::owned).containsExactly(false, true);
        assertThat(found).allMatch(node -> node.record().isEmpty());
    }

    @Test
    void shouldFindNobodyElsesNodes() throws IOException {
        first = process("session_1", false);

        assertThat(below(new RunningNodes(Path.of("/proc"), "somebody else").list()))
                .isEmpty();
    }

    @Test
    void shouldEndOnlyWhatWasChosen() throws IOException {
        first = process("session_1", false);
        second = process("session_2", true);
        NodeChoice choice = new NodeChoice(Optional.empty(), Optional.of(root), Optional.empty(), false);
        List<RunningNode> chosen =
                new RunningNodes().list().stream().filter(choice).toList();

        NodeStopper.Result result = NodeStopper.stop(chosen, Duration.ofSeconds(10));

        assertThat(result).isEqualTo(new NodeStopper.Result(1, List.of(), List.of()));
        assertThat(first.onExit().join().isAlive()).isFalse();
        assertThat(second.isAlive()).isTrue();
    }

    @Test
    void shouldKillWhatDoesNotEndByItself() throws IOException {
        first = process("session_1", false, "trap '' TERM; ");
        List<RunningNode> chosen = below(new RunningNodes().list());

        NodeStopper.Result result = NodeStopper.stop(chosen, Duration.ofMillis(200));

        assertThat(result.killed()).contains(first.pid());
        assertThat(result.left()).isEmpty();
        assertThat(first.onExit().join().exitValue()).isEqualTo(128 + 9);
    }

    @Test
    void shouldNarrowByNameOrDirectoryOfTheSession() throws IOException {
        first = process("session_1", false);
        second = process("session_2", false);
        List<RunningNode> all = below(new RunningNodes().list());

        assertThat(all.stream().filter(session("session_2")))
                .singleElement()
                .extracting(node -> node.process().pid())
                .isEqualTo(second.pid());
        assertThat(all.stream().filter(session(root.resolve("session_1").toString())))
                .singleElement()
                .extracting(node -> node.process().pid())
                .isEqualTo(first.pid());
    }

    private static NodeChoice session(String name) {
        return new NodeChoice(Optional.of(name), Optional.empty(), Optional.empty(), false);
    }

    private List<RunningNode> below(List<RunningNode> nodes) {
        return nodes.stream()
                .filter(node -> node.sessionDirectory().startsWith(root))
                .toList();
    }

    private Process process(String session, boolean owned) throws IOException {
        return process(session, owned, "");
    }

    /** A shell that waits for its standard input to end, with the words of a node behind it. */
    private Process process(String session, boolean owned, String first) throws IOException {
        Path directory = Files.createDirectories(root.resolve(session));
        Process process = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        first + "echo there; while read -r line; do :; done",
                        RunningNodes.SESSION_FLAG + directory,
                        owned ? RunningNodes.OWNED_FLAG : "-Dthornback.owned=false")
                .start();
        Await.await(() -> process.inputReader().ready(), Duration.ofSeconds(10), "the process says that it is there");
        return process;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.thornback.api.command.CommandProtocol;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.health.NodeParts;
import org.thornback.launcher.internal.door.Caller.Reply;
import org.thornback.testkit.FelixExtension;
import org.thornback.testkit.GivenCommands;

class CommandServerTest {
    @RegisterExtension
    final FelixExtension felix = new FelixExtension().componentRuntime();

    @TempDir
    Path directory;

    private final GivenCommands commands = new GivenCommands();
    private final FixedParts parts = new FixedParts();
    private Path socket;
    private CommandServer server;

    @BeforeEach
    void startServer() throws IOException {
        socket = Files.writeString(directory.resolve(CommandProtocol.SOCKET), "left by a node that died");
        server = new CommandServer(socket, commands, parts, new BundleStart(felix.context()));
        command("echo", (arguments, out, err) -> {
            out.print(String.join("|", arguments));
            err.print("errors of " + arguments.size());
            return arguments.size();
        });
    }

    @AfterEach
    void stopServer() {
        server.close();
        assertThat(socket).doesNotExist();
    }

    private void command(String name, NodeCommand command) {
        commands.put(name, command);
    }

    @Test
    void shouldRunACommandAndGiveWhatItPrintsAndItsExitStatus() throws IOException {
        assertThat(Caller.run(socket, "echo", "two words", "", "wörld\n"))
                .isEqualTo(new Reply("two words||wörld\n", "errors of 3", 3));
        assertThat(Caller.run(socket, "echo")).isEqualTo(new Reply("", "errors of 0", 0));
    }

    @Test
    void shouldSayWhichCommandsThereAreWhenThereIsNoSuchOne() throws IOException {
        command("also", (arguments, out, err) -> 0);

        assertThat(Caller.run(socket, "ehco"))
                .isEqualTo(new Reply("", "ray: this node has no command=ehco; it has [also, echo].\n", 2));
    }

    /** Parts of a node that is still being started until somebody waits for that. */
    private static final class FixedParts implements NodeParts {
        private volatile List<String> stopped = List.of();
        private volatile Runnable atStart = () -> {};

        @Override
        public boolean awaitStarted(Duration limit) {
            atStart.run();
            return true;
        }

        @Override
        public List<String> stoppedBundles() {
            return stopped;
        }

        @Override
        public List<String> idleComponents() {
            return List.of();
        }

        @Override
        public List<String> idleComponents(long bundle) {
            return List.of();
        }
    }

    @Test
    void shouldWaitForACommandWhileTheNodeIsStillStartingWhatNoTaskNeeds() throws IOException {
        parts.atStart = () -> command("late", (arguments, out, err) -> 7);

        assertThat(Caller.run(socket, "late").status()).isEqualTo(7);
    }

    @Test
    void shouldSayWhatIsMissingWhenTheCommandMayBePartOfIt() throws IOException {
        parts.stopped = List.of("bundle=a is stopped.");

        Reply missing = Caller.run(socket, "never");

        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.err()).contains("no command=never").endsWith("Missing: bundle=a is stopped.\n");
    }

    @Test
    void shouldStartABundleAlsoWhileTheShellIsStopped() throws Exception {
        Bundle bundle = felix.bundle("org.apache.felix.scr");
        bundle.stop();

        assertThat(Caller.run(socket, "exec", "--width=80", "start " + bundle.getBundleId()))
                .isEqualTo(new Reply("", "", 0));

        assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(Caller.run(socket, "exec", "start 4711"))
                .isEqualTo(new Reply("", "ray exec: there is no bundle=4711; `ray exec lb` lists them.\n", 1));
        assertThat(Caller.run(socket, "exec", "stop 1").err()).startsWith("ray: this node has no command=exec;");
    }

    @Test
    void shouldListenWhereOnlyItsUserMay() throws IOException {
        assertThat(Files.getPosixFilePermissions(socket)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void shouldRefuseAnotherVersionOfTheProtocol() throws IOException {
        try (Caller caller = new Caller(socket)) {
            Reply reply = caller.send(2, "echo").reply();

            assertThat(reply.status()).isEqualTo(1);
            assertThat(reply.err()).contains("version 1", "use the ray command of the node's distribution");
        }
    }

    @Test
    void shouldTellInOneSentenceThatACommandFailed() throws IOException {
        command("broken", (arguments, out, err) -> {
            out.print("half");
            throw new IllegalStateException("no disk");
        });

        assertThat(Caller.run(socket, "broken"))
                .isEqualTo(new Reply(
                        "half",
                        "ray broken: failed, java.lang.IllegalStateException: no disk; the node's log has more.\n",
                        1));
        assertThat(Caller.run(socket, "echo").status()).isZero();
    }

    @Test
    void shouldInterruptACommandWithoutEndWhenItsUserGoesAway() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        commands.put("endless", new NodeCommand() {
            @Override
            public int run(List<String> arguments, PrintStream out, PrintStream err) {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                    interrupted.complete(false);
                } catch (InterruptedException userWentAway) {
                    interrupted.complete(true);
                }
                return 0;
            }

            @Override
            public boolean endsWithItsUser() {
                return true;
            }
        });

        try (Caller caller = new Caller(socket)) {
            caller.send(CommandProtocol.VERSION, "endless");
            begun.await();
        }

        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldKeepTheOutputOfSeveralThreadsWhole() throws IOException {
        command("many", (arguments, out, err) -> {
            Thread other = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 10_000; i++) {
                    err.println("error " + i);
                }
            });
            for (int i = 0; i < 10_000; i++) {
                out.println("line " + i);
            }
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return 0;
        });

        Reply reply = Caller.run(socket, "many");

        assertThat(reply.out().lines())
                .hasSize(10_000)
                .startsWith("line 0", "line 1")
                .endsWith("line 9999");
        assertThat(reply.err().lines()).hasSize(10_000).endsWith("error 9999");
    }

    @Test
    void shouldServeOthersWhileACommandRuns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        command("wait", (arguments, out, err) -> {
            running.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 9;
        });
        CompletableFuture<Reply> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return Caller.run(socket, "wait");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        running.await();

        assertThat(Caller.run(socket, "echo").status()).isZero();

        goOn.countDown();
        assertThat(waiting.join().status()).isEqualTo(9);
    }

    @Test
    void shouldEndOnlyTheConnectionOfACallerThatMakesNoSense() throws IOException {
        int[][] requests = {
            {CommandProtocol.MAGIC, CommandProtocol.VERSION, 0},
            {CommandProtocol.MAGIC, CommandProtocol.VERSION, CommandProtocol.MAX_TEXTS + 1},
            {CommandProtocol.MAGIC, CommandProtocol.VERSION, -1},
            {CommandProtocol.MAGIC, CommandProtocol.VERSION, 1, -1},
            {CommandProtocol.MAGIC, CommandProtocol.VERSION, 1, CommandProtocol.MAX_TEXT_BYTES + 1},
        };
        for (int[] request : requests) {
            try (Caller caller = new Caller(socket)) {
                assertThat(caller.numbers(request).isEnded())
                        .as(Arrays.toString(request))
                        .isTrue();
            }
        }
        try (Caller silent = new Caller(socket)) {
            silent.numbers(CommandProtocol.MAGIC);
        }

        assertThat(Caller.run(socket, "echo").status()).isZero();
    }

    @Test
    void shouldRunACommandToItsEndThoughItsUserWentAway() throws Exception {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        CountDownLatch left = new CountDownLatch(1);
        command("long", (arguments, out, err) -> {
            try {
                left.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            out.println("nobody reads this");
            done.complete(1);
            return 0;
        });
        Caller caller = new Caller(socket);
        caller.send(CommandProtocol.VERSION, "long");

        caller.close();
        left.countDown();

        assertThat(done.join()).isEqualTo(1);
        assertThat(Caller.run(socket, "echo").status()).isZero();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;
import org.thornback.api.cluster.ClusterView;
import org.thornback.api.command.CommandProtocol;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.session.Session;
import org.thornback.shell.internal.Caller.Reply;
import org.thornback.testkit.FelixExtension;

class CommandServerTest {
    @RegisterExtension
    final FelixExtension felix = new FelixExtension().componentRuntime().bundles("org.thornback.shell");

    @TempDir
    Path directory;

    private Path socket;

    private record TestSession(Path directory) implements Session {
        @Override
        public String name() {
            return "session_test";
        }

        @Override
        public Path logs() {
            return directory;
        }

        @Override
        public Path sockets() {
            return directory;
        }

        @Override
        public Path socket(String name) {
            return directory.resolve(name);
        }
    }

    @BeforeEach
    void beginSession() throws IOException {
        socket = Files.writeString(directory.resolve(CommandProtocol.SOCKET), "left by a node that died");
        felix.context().registerService(Session.class, new TestSession(directory), null);
        command("echo", (arguments, out, err) -> {
            out.print(String.join("|", arguments));
            err.print("errors of " + arguments.size());
            return arguments.size();
        });
    }

    private ServiceRegistration<?> command(String name, NodeCommand command) {
        Dictionary<String, Object> properties = new Hashtable<>(Map.of(NodeCommand.NAME, name));
        return felix.context().registerService(NodeCommand.class, command, properties);
    }

    @Test
    void shouldRunACommandAndGiveWhatItPrintsAndItsExitStatus() throws IOException {
        assertThat(Caller.run(socket, "echo", "two words", "", "wörld\n"))
                .isEqualTo(new Reply("two words||wörld\n", "errors of 3", 3));
        assertThat(Caller.run(socket, "echo")).isEqualTo(new Reply("", "errors of 0", 0));
    }

    @Test
    void shouldSayWhichCommandsThereAreWhenThereIsNoSuchOne() throws IOException {
        assertThat(Caller.run(socket, "ehco"))
                .isEqualTo(
                        new Reply("", "ray: this node has no command=ehco; it has [echo, health-check, status].\n", 2));
    }

    @Test
    void shouldKnowCommandsAsTheyComeAndGo() throws IOException {
        ServiceRegistration<?> extra = command("extra", (arguments, out, err) -> 5);
        assertThat(Caller.run(socket, "extra").status()).isEqualTo(5);

        extra.unregister();

        assertThat(Caller.run(socket, "extra").status()).isEqualTo(2);
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

    @Test
    void shouldListenWhereOnlyItsUserMayAndRemoveTheSocketWhenItStops() throws Exception {
        assertThat(Files.getPosixFilePermissions(socket)).isEqualTo(PosixFilePermissions.fromString("rw-------"));

        felix.bundle("org.thornback.shell").stop();

        assertThat(socket).doesNotExist();
    }

    @Test
    void shouldAskTheRayletOnceItIsThere() throws IOException {
        assertThat(Caller.run(socket, "health-check"))
                .isEqualTo(new Reply(
                        "",
                        "ray health-check: the raylet of this node does not run (yet): no task can run here now.\n",
                        1));
        ClusterView view =
                () -> CompletableFuture.completedFuture(StatusPageTest.status(Map.of(), Map.of(), List.of()));
        ServiceRegistration<?> registration = felix.context().registerService(ClusterView.class, view, null);

        assertThat(Caller.run(socket, "health-check")).isEqualTo(new Reply("", "", 0));
        assertThat(Caller.run(socket, "status").out()).contains("1 node_abc123 (10.0.0.1)");
        assertThat(Caller.run(socket, "status", "--verbose").out()).contains("Redis: 10.0.0.1:6379");
        registration.unregister();
        Reply gone = Caller.run(socket, "status");
        assertThat(gone.status()).isEqualTo(1);
        assertThat(gone.err()).startsWith("ray status: the raylet of this node does not run");
    }

    @Test
    void shouldSayWhyTheRayletDoesNotAnswer() throws IOException {
        ClusterView view = () -> CompletableFuture.failedFuture(new IllegalStateException("it ends"));
        felix.context().registerService(ClusterView.class, view, null);

        assertThat(Caller.run(socket, "status"))
                .isEqualTo(new Reply(
                        "",
                        "ray status: the raylet of this node could not answer: java.lang.IllegalStateException: it"
                                + " ends.\n",
                        1));
    }
}

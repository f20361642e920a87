// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;
import org.thornback.api.cluster.ClusterView;
import org.thornback.api.command.CommandProtocol;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.health.NodeParts;
import org.thornback.api.session.Session;
import org.thornback.shell.internal.Caller.Reply;
import org.thornback.testkit.FelixExtension;
import org.thornback.testkit.TestSession;

/** The bundle, whose commands and what they ask are services that come and go. */
class ShellBundleTest {
    @RegisterExtension
    final FelixExtension felix = new FelixExtension()
            .componentRuntime()
            .bundles("org.apache.felix.gogo.runtime", "com.google.gson", "org.thornback.shell");

    @TempDir
    Path directory;

    private Path socket;

    @BeforeEach
    void beginSession() {
        socket = directory.resolve(CommandProtocol.SOCKET);
        felix.context().registerService(Session.class, new TestSession(directory), null);
    }

    private ServiceRegistration<?> command(String name, NodeCommand command) {
        Dictionary<String, Object> properties = new Hashtable<>(Map.of(NodeCommand.NAME, name));
        return felix.context().registerService(NodeCommand.class, command, properties);
    }

    @Test
    void shouldKnowCommandsAsTheyComeAndGo() throws IOException {
        ServiceRegistration<?> extra = command("extra", (arguments, out, err) -> 5);
        assertThat(Caller.run(socket, "extra").status()).isEqualTo(5);

        extra.unregister();

        assertThat(Caller.run(socket, "extra").status()).isEqualTo(2);
    }

    @Test
    void shouldListenWhereOnlyItsUserMayAndRemoveTheSocketWhenItStops() throws Exception {
        assertThat(Files.getPosixFilePermissions(socket)).isEqualTo(PosixFilePermissions.fromString("rw-------"));

        felix.bundle("org.thornback.shell").stop();

        assertThat(socket).doesNotExist();
    }

    @Test
    void shouldAskTheRayletOnceItIsThere() throws IOException {
        assertThat(Caller.run(socket, "status"))
                .isEqualTo(new Reply(
                        "", "ray status: the raylet of this node does not run (yet): no task can run here now.\n", 1));
        ClusterView view =
                () -> CompletableFuture.completedFuture(StatusPageTest.status(Map.of(), Map.of(), List.of()));
        ServiceRegistration<?> registration = felix.context().registerService(ClusterView.class, view, null);

        assertThat(Caller.run(socket, "status").out()).contains("1 node_abc123 (10.0.0.1)");
        assertThat(Caller.run(socket, "status", "--verbose").out()).contains("Redis: 10.0.0.1:6379");
        registration.unregister();
        Reply gone = Caller.run(socket, "status");
        assertThat(gone.status()).isEqualTo(1);
        assertThat(gone.err()).startsWith("ray status: the raylet of this node does not run");
    }

    @Test
    void shouldSayWhatIsMissingWhetherTheRayletAnswersOrNot() throws IOException {
        felix.context().registerService(NodeParts.class, new FixedParts(() -> true), null);
        Reply without = Caller.run(socket, "status");
        assertThat(without.err()).contains("Missing: bundle=a is stopped.\nMissing: component=b waits for c.\n");
        ClusterView view =
                () -> CompletableFuture.completedFuture(StatusPageTest.status(Map.of(), Map.of(), List.of()));
        felix.context().registerService(ClusterView.class, view, null);

        Reply with = Caller.run(socket, "status");

        assertThat(with.status()).isZero();
        assertThat(with.out()).endsWith("Missing: bundle=a is stopped.\nMissing: component=b waits for c.\n");
    }

    @Test
    void shouldWaitForACommandWhileTheNodeIsStillStartingWhatNoTaskNeeds() throws IOException {
        BooleanSupplier bundleComes = () -> {
            command("late", (arguments, out, err) -> 7);
            return true;
        };
        felix.context().registerService(NodeParts.class, new FixedParts(bundleComes), null);

        assertThat(Caller.run(socket, "late").status()).isEqualTo(7);
        Reply never = Caller.run(socket, "never");
        assertThat(never.status()).as("it may be in the bundle that is stopped").isEqualTo(1);
        assertThat(never.err()).contains("no command=never").endsWith("Missing: bundle=a is stopped.\n");
    }

    /** Parts of which the same are always missing. */
    private record FixedParts(BooleanSupplier start) implements NodeParts {
        @Override
        public boolean awaitStarted(Duration limit) {
            return start.getAsBoolean();
        }

        @Override
        public List<String> stoppedBundles() {
            return List.of("bundle=a is stopped.");
        }

        @Override
        public List<String> idleComponents() {
            return List.of("component=b waits for c.");
        }
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

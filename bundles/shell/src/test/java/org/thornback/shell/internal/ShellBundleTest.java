// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;
import org.thornback.api.cluster.ClusterView;
import org.thornback.api.health.NodeParts;
import org.thornback.api.session.Session;
import org.thornback.testkit.FelixExtension;
import org.thornback.testkit.GivenCommands;
import org.thornback.testkit.GivenCommands.Reply;
import org.thornback.testkit.TestSession;

/** The bundle, whose commands and what they ask are services that come and go. */
class ShellBundleTest {
    @RegisterExtension
    final FelixExtension felix = new FelixExtension()
            .componentRuntime()
            .bundles("org.apache.felix.gogo.runtime", "com.google.gson", "org.thornback.shell");

    @TempDir
    Path directory;

    private GivenCommands commands;

    @BeforeEach
    void beginSession() {
        commands = GivenCommands.offeredIn(felix.context());
        felix.context().registerService(Session.class, new TestSession(directory), null);
    }

    @Test
    void shouldAskTheRayletOnceItIsThere() {
        assertThat(commands.run("status"))
                .isEqualTo(new Reply(
                        "", "ray status: the raylet of this node does not run (yet): no task can run here now.\n", 1));
        ClusterView view =
                () -> CompletableFuture.completedFuture(StatusPageTest.status(Map.of(), Map.of(), List.of()));
        ServiceRegistration<?> registration = felix.context().registerService(ClusterView.class, view, null);

        assertThat(commands.run("status").out()).contains("1 node_abc123 (10.0.0.1)");
        assertThat(commands.run("status", "--verbose").out()).contains("Redis: 10.0.0.1:6379");
        registration.unregister();
        Reply gone = commands.run("status");
        assertThat(gone.status()).isEqualTo(1);
        assertThat(gone.err()).startsWith("ray status: the raylet of this node does not run");
    }

    @Test
    void shouldSayWhatIsMissingWhetherTheRayletAnswersOrNot() {
        felix.context().registerService(NodeParts.class, new FixedParts(), null);
        Reply without = commands.run("status");
        assertThat(without.err()).contains("Missing: bundle=a is stopped.\nMissing: component=b waits for c.\n");
        ClusterView view =
                () -> CompletableFuture.completedFuture(StatusPageTest.status(Map.of(), Map.of(), List.of()));
        felix.context().registerService(ClusterView.class, view, null);

        Reply with = commands.run("status");

        assertThat(with.status()).isZero();
        assertThat(with.out()).endsWith("Missing: bundle=a is stopped.\nMissing: component=b waits for c.\n");
    }

    /** Parts of which the same are always missing. */
    private record FixedParts() implements NodeParts {
        @Override
        public boolean awaitStarted(Duration limit) {
            return true;
        }

        @Override
        public List<String> stoppedBundles() {
            return List.of("bundle=a is stopped.");
        }

        @Override
        public List<String> idleComponents() {
            return List.of("component=b waits for c.");
        }

        @Override
        public List<String> idleComponents(long bundle) {
            return List.of();
        }
    }

    @Test
    void shouldSayWhyTheRayletDoesNotAnswer() {
        ClusterView view = () -> CompletableFuture.failedFuture(new IllegalStateException("it ends"));
        felix.context().registerService(ClusterView.class, view, null);

        assertThat(commands.run("status"))
                .isEqualTo(new Reply(
                        "",
                        "ray status: the raylet of this node could not answer: java.lang.IllegalStateException: it"
                                + " ends.\n",
                        1));
    }
}

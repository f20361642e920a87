// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.BundleException;
import org.thornback.api.command.NodeCommand;
import org.thornback.testkit.Await;
import org.thornback.testkit.FelixExtension;
import org.thornback.testkit.GivenCommands;
import org.thornback.testkit.GivenCommands.Reply;

/** Lines in the real Felix shell, in a session that somebody holds as {@code ray shell} does. */
@Timeout(30)
class ShellSessionTest {
    @RegisterExtension
    final FelixExtension felix = new FelixExtension()
            .componentRuntime()
            .bundles("org.apache.felix.gogo.runtime", "com.google.gson", "org.thornback.shell");

    private final InputStream in = System.in;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private GivenCommands commands;
    private Thread holder;
    private String id;

    @BeforeEach
    void hold() throws IOException {
        commands = GivenCommands.offeredIn(felix.context());
        PipedInputStream said = new PipedInputStream();
        PrintStream says = new PrintStream(new PipedOutputStream(said));
        holder = Thread.ofPlatform().start(() -> commands.run(says, says, "session"));
        id = new BufferedReader(new InputStreamReader(said)).readLine();
    }

    @AfterEach
    void letGo() throws InterruptedException {
        holder.interrupt();
        holder.join();
        System.setIn(in); // a shell that was stopped by its own line puts its own there
        System.setOut(out);
        System.setErr(err);
    }

    private Reply line(String line) {
        return commands.run("exec", "--width=80", "--in-session=" + id, line);
    }

    private void command(String name, NodeCommand command) {
        felix.context().registerService(NodeCommand.class, command, new Hashtable<>(Map.of(NodeCommand.NAME, name)));
    }

    private static long threads(String part) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains(part))
                .count();
    }

    @Test
    void shouldKeepWhatALineSetsForTheNextOneAsLongAsTheSessionIsHeld() throws InterruptedException {
        assertThat(line("x = five")).isEqualTo(new Reply("five\n", "", 0));
        assertThat(line("twice = { $args $args }").status()).isZero();

        assertThat(line("$x")).isEqualTo(new Reply("five\n", "", 0));
        assertThat(commands.run("exec", "$x").out()).as("in another session").isEmpty();
        holder.interrupt();
        holder.join();
        assertThat(line("$x"))
                .isEqualTo(new Reply(
                        "",
                        "ray exec: what was set in this shell is gone, for the Felix shell was stopped meanwhile.\n",
                        0));
    }

    @Test
    void shouldGiveEachLineTheStatusOfItsOwnCommands() {
        command("fail", (arguments, text, errors) -> 4);

        assertThat(line("ray:fail").status()).isEqualTo(4);
        assertThat(line("x = 1").status()).isZero();
        assertThat(line("nonsense").status()).isEqualTo(1);
        assertThat(line("$x")).isEqualTo(new Reply("1\n", "", 0));
    }

    @Test
    void shouldEndWhatAnInterruptedLineRunsAndRunTheNextOneInTheSameSession() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        command("forever", (arguments, text, errors) -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stop) {
                ended.complete(true);
            }
            return 0;
        });
        line("x = five");
        Thread user = Thread.ofPlatform().start(() -> line("ray:forever"));
        running.await();

        user.interrupt();

        user.join();
        assertThat(ended.join()).isTrue();
        assertThat(line("$x").out()).isEqualTo("five\n");
        Await.await(() -> threads("forever") == 0, () -> "a thread of the line is left");
    }

    @Test
    void shouldRunTheNextLineThoughTheOneBeforeCannotBeInterrupted() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Void> release = new CompletableFuture<>();
        command("deaf", (arguments, text, errors) -> {
            running.countDown();
            release.join(); // hears no interrupt
            return 0;
        });
        Thread user = Thread.ofPlatform().start(() -> line("ray:deaf"));
        running.await();
        user.interrupt();
        user.join();

        assertThat(line("x = five").out()).isEqualTo("five\n");

        release.complete(null);
        Await.await(() -> threads("deaf") == 0, () -> "a thread of the line is left");
    }

    @Test
    void shouldEndWhatRunsInASessionThatNobodyHoldsAnyMore() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        command("forever", (arguments, text, errors) -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stop) {
                return 1;
            }
            return 0;
        });
        Thread user = Thread.ofPlatform().start(() -> line("ray:forever"));
        running.await();

        holder.interrupt();

        holder.join();
        user.join();
        Await.await(() -> threads("forever") == 0, () -> "a thread of the line is left");
    }

    @Test
    void shouldLetALineStopTheShellItRunsIn() throws InterruptedException {
        command("halt", (arguments, text, errors) -> {
            try {
                felix.bundle("org.apache.felix.gogo.runtime").stop();
                return 0;
            } catch (BundleException failed) {
                throw new IllegalStateException(failed);
            }
        });

        assertThat(line("ray:halt")).isEqualTo(new Reply("", "", 0));

        holder.join();
        assertThat(commands.names()).doesNotContain("exec", "session");
    }
}

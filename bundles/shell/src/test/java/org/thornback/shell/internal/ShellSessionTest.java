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
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.thornback.api.command.NodeCommand;
import org.thornback.testkit.Await;
import org.thornback.testkit.FelixExtension;
import org.thornback.testkit.GivenCommands;
import org.thornback.testkit.GivenCommands.Reply;

/** Lines in the real Felix shell, in a session that somebody holds as {@code ray shell} does. */
@Timeout(30)
class ShellSessionTest {
    /** Lines, the status they end with, and what is said of them. */
    private static final String WRONG = """
        nonsense | 1 | there is no command=nonsense; `help` lists ours, and `felix:help` those of the Felix shell.
        x:y z | 1 | there is no command=x:y; `help` lists ours, and `felix:help` those of the Felix shell.
        start nope | 1 | there is no bundle=nope; `lb -s` shows the numbers and names of those there are.
        start 9999 | 1 | there is no bundle=9999; `lb -s` shows the numbers and names of those there are.
        stop 9999 | 1 | there is no bundle=9999; `lb -s` shows the numbers and names of those there are.
        uninstall 9999 | 1 | there is no bundle=9999; `lb -s` shows the numbers and names of those there are.
        update 9999 | 1 | there is no bundle=9999; `lb -s` shows the numbers and names of those there are.
        start file:/nope.jar | 1 | location=file:/nope.jar cannot be installed: /nope.jar (No such file or directory).
        install file:/nope.jar | 1 | location=file:/nope.jar cannot be installed: /nope.jar (No such file or directory).
        install zip:/nope.jar | 1 | location=zip:/nope.jar cannot be installed: Unknown protocol: zip.
        update org.apache.felix.scr file:/nope.jar | 1 | bundle=4 (org.apache.felix.scr) cannot be updated: /nope.jar (No such file or directory).
        start | 2 | words are missing: give `start [-t] [-p] BUNDLE...`.
        stop -x 1 | 2 | unknown option -x: give `stop [-t] BUNDLE...`.
        update 4 file:/a.jar more | 2 | unknown argument more: give `update BUNDLE [URL]`.
        headers nope | 2 | command=headers does not take these words; `felix:help headers` shows what it takes.
        scr:info nope | 1 | there is no component=nope; `scr:list` shows those there are.
        scr:info 9999 | 1 | there is no component=9999; `scr:list` shows those there are.
        scr:enable nope | 1 | there is no component=nope; `scr:list` shows those there are.
        scr:disable nope | 1 | there is no component=nope; `scr:list` shows those there are.
        scr:list 9999 | 1 | there is no bundle=9999; `lb -s` shows the numbers and names of those there are.
        """;

    @RegisterExtension
    final FelixExtension felix = new FelixExtension()
            .componentRuntime()
            .bundles(
                    "org.apache.felix.gogo.runtime",
                    "org.apache.felix.gogo.command",
                    "com.google.gson",
                    "org.thornback.shell");

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

    private boolean works(String component) {
        try {
            return felix.context().getAllServiceReferences(null, "(component.name=" + component + ")") != null;
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
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
    void shouldSayInOneSentenceWhatIsWrongWithALine() {
        SoftAssertions.assertSoftly(all -> WRONG.lines().forEach(row -> {
            String[] cells = row.split(" +\\| +");
            all.assertThat(line(cells[0]))
                    .as(cells[0])
                    .isEqualTo(new Reply("", "ray exec: " + cells[2] + "\n", Integer.parseInt(cells[1])));
        }));
    }

    @Test
    void shouldDoNothingToOneBundleWhenThereIsNoOther() {
        assertThat(line("stop org.apache.felix.gogo.command nope").status()).isEqualTo(1);
        assertThat(felix.bundle("org.apache.felix.gogo.command").getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void shouldStopStartUpdateInstallAndUninstallBundlesByNumberNameAndLocation() {
        Bundle bundle = felix.bundle("com.google.gson");
        long number = bundle.getBundleId();

        assertThat(line("stop -t " + number)).isEqualTo(new Reply("", "", 0));
        assertThat(bundle.getState()).isEqualTo(Bundle.RESOLVED);
        assertThat(line("start com.google.gson")).isEqualTo(new Reply("", "", 0));
        assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(line("stop com.google.gson; update " + number).status()).isZero();
        assertThat(bundle.getState()).as("new, and resolved by nobody yet").isEqualTo(Bundle.INSTALLED);
        String location = bundle.getLocation();
        assertThat(line("uninstall com.google.gson")).isEqualTo(new Reply("", "", 0));
        assertThat(bundle.getState()).isEqualTo(Bundle.UNINSTALLED);
        assertThat(line("install " + location).out()).matches("Bundle ID: \\d+\n");
        assertThat(line("start " + location)).isEqualTo(new Reply("", "", 0));
        assertThat(felix.bundle("com.google.gson").getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void shouldShowEnableAndDisableComponents() {
        String name = BundleWords.class.getName();

        assertThat(line("scr:info " + name).out()).contains("Component Description: " + name);
        assertThat(line("scr:list").out()).contains(name);
        assertThat(line("scr:disable " + name)).isEqualTo(new Reply("true\n", "", 0));
        Await.await(() -> !works(name), () -> name + " still works");
        assertThat(line("scr:enable " + name)).isEqualTo(new Reply("true\n", "", 0));
        Await.await(() -> works(name), () -> name + " does not work");
        assertThat(line("scr:enable " + name)).isEqualTo(new Reply("false\n", "", 0));
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

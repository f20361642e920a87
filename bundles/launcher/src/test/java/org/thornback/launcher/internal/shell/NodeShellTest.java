// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.command.CommandCatalogue;
import org.thornback.api.command.CommandProtocol;

/** A shell beside a node that answers each line with a status: the number at its end. */
class NodeShellTest {
    private static final String FROM = "--from=" + Path.of("").toAbsolutePath();

    @TempDir
    Path directory;

    private final List<List<String>> asked = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> left = new CompletableFuture<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile SocketChannel session;
    private volatile boolean hasShell = true;
    private ServerSocketChannel node;

    @BeforeEach
    void listen() throws IOException {
        node = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        node.bind(UnixDomainSocketAddress.of(directory.resolve("command")));
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        node.close();
    }

    private void serve() {
        while (true) {
            try {
                SocketChannel channel = node.accept();
                Thread.ofVirtual().start(() -> answer(channel));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException broken) {
                throw new AssertionError(broken);
            }
        }
    }

    private void answer(SocketChannel channel) {
        try (channel) {
            DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
            DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel));
            List<String> texts = texts(in);
            if (texts.equals(List.of("session")) && hasShell) {
                byte[] id = ("id" + sessions.incrementAndGet() + "\n").getBytes(StandardCharsets.UTF_8);
                session = channel;
                out.writeByte(CommandProtocol.OUT);
                out.writeInt(id.length);
                out.write(id);
                left.complete(in.read());
                return;
            }
            String last = texts.getLast();
            int status = 2;
            if (texts.getFirst().equals(CommandCatalogue.COMPLETE)) {
                byte[] files = (CommandCatalogue.LOCAL_FILES + "\n").getBytes(StandardCharsets.UTF_8);
                out.writeByte(CommandProtocol.OUT);
                out.writeInt(files.length);
                out.write(files);
            }
            if (texts.getFirst().equals("exec")) {
                asked.add(texts);
                if (last.startsWith("stop")) {
                    session.close();
                }
                status = Integer.parseInt(last.substring(last.lastIndexOf(' ') + 1));
            }
            out.writeByte(CommandProtocol.EXIT);
            out.writeInt(Integer.BYTES);
            out.writeInt(status);
        } catch (ClosedChannelException stopped) {
            return;
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        in.readLong(); // magic and version
        List<String> texts = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            texts.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
        }
        return texts;
    }

    private int run(String text) throws IOException {
        return run("command", text);
    }

    private int run(String socket, String text) throws IOException {
        try (PipedLines lines = new PipedLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            return new NodeShell(directory.resolve(socket), lines).run();
        }
    }

    @Test
    void shouldRunEachLineAndEndWithTheStatusOfTheLast() throws IOException {
        assertThat(run("first 0\n\n  # a remark\n second 4 \n")).isEqualTo(4);
        assertThat(asked)
                .containsExactly(
                        List.of("exec", FROM, "--in-session=id1", "first 0"),
                        List.of("exec", FROM, "--in-session=id1", "second 4"));
        assertThat(run("")).isZero();
    }

    @Test
    void shouldHoldOneSessionForAllLinesAndLetGoOfItAtTheEnd() throws Exception {
        run("first 0\n");

        assertThat(left.get(10, TimeUnit.SECONDS)).as("end of the stream").isEqualTo(-1);
    }

    /** The same line again and again, until it runs in the second session. */
    private final class LinesAfterAStop implements Lines {
        private boolean stopped;

        @Override
        public Optional<String> next() {
            if (!stopped) {
                stopped = true;
                return Optional.of("stop 0");
            }
            return asked.getLast().contains("--in-session=id2") ? Optional.empty() : Optional.of("again 0");
        }

        @Override
        public int width() {
            return 0;
        }

        @Override
        public boolean agrees() {
            return false;
        }

        @Override
        public int interruptibly(IntSupplier action) {
            return action.getAsInt();
        }

        @Override
        public void close() {
            // there is nothing to be closed
        }
    }

    @Test
    @Timeout(20)
    void shouldBeginAnotherSessionWhenTheNodeHasEndedTheFirst() throws IOException {
        assertThat(new NodeShell(directory.resolve("command"), new LinesAfterAStop()).run())
                .isZero();

        assertThat(asked.getFirst()).containsExactly("exec", FROM, "--in-session=id1", "stop 0");
        assertThat(asked.getLast()).containsExactly("exec", FROM, "--in-session=id2", "again 0");
    }

    @Test
    void shouldRunLinesWithoutASessionWhileTheNodeHasNone() throws IOException {
        hasShell = false;

        assertThat(run("start 4\n")).isEqualTo(4);

        assertThat(asked).containsExactly(List.of("exec", FROM, "start 4"));
    }

    @Test
    void shouldEndAtTheWordForItAndWithoutTheLastLineBreak() throws IOException {
        assertThat(run("first 2\nexit\nsecond 4\n")).isEqualTo(2);
        assertThat(run("first 0\nonly 5")).isEqualTo(5);
    }

    @Test
    void shouldNotAgreeInPlaceOfAUserWhoCannotBeAsked() throws IOException {
        assertThat(run("kill 3\n")).isEqualTo(1);

        assertThat(asked).containsExactly(List.of("exec", FROM, "--in-session=id1", "kill 3"));
    }

    @Test
    void shouldSayThatTheNodeIsGone() throws IOException {
        assertThat(run("gone", "first 0\nsecond 0\n")).isEqualTo(1);
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldCompleteFilesOfItsUserWhereTheNodeSaysThatTheyMayStandThere() throws IOException {
        Path file = Files.createFile(directory.resolve("some.jar"));
        String line = "deploy add " + directory.resolve("so");
        List<Candidate> candidates = new ArrayList<>();
        try (Terminal terminal = TerminalBuilder.builder()
                .system(false)
                .type("dumb")
                .streams(InputStream.nullInputStream(), OutputStream.nullOutputStream())
                .build()) {
            LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
            ParsedLine parsed = new DefaultParser().parse(line, line.length(), Parser.ParseContext.COMPLETE);

            new NodeCompleter(directory.resolve("command")).complete(reader, parsed, candidates);
        }

        assertThat(candidates).extracting(Candidate::value).containsOnlyOnce(file.toString());
    }
}

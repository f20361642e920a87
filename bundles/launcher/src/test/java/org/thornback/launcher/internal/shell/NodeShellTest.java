// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.command.CommandProtocol;

/** A shell beside a node that answers each line with a status: the number at its end. */
class NodeShellTest {
    @TempDir
    Path directory;

    private final List<List<String>> asked = new CopyOnWriteArrayList<>();
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
            try (SocketChannel channel = node.accept()) {
                List<String> texts = texts(new DataInputStream(Channels.newInputStream(channel)));
                asked.add(texts);
                String line = texts.getLast();
                DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel));
                out.writeByte(CommandProtocol.EXIT);
                out.writeInt(Integer.BYTES);
                out.writeInt(Integer.parseInt(
                        line.substring(line.lastIndexOf(' ') + 1).replace("--yes", "0")));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException broken) {
                throw new AssertionError(broken);
            }
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
        assertThat(asked).containsExactly(List.of("exec", "first 0"), List.of("exec", "second 4"));
        assertThat(run("")).isZero();
    }

    @Test
    void shouldEndAtTheWordForItAndWithoutTheLastLineBreak() throws IOException {
        assertThat(run("first 2\nexit\nsecond 4\n")).isEqualTo(2);
        assertThat(run("first 0\nonly 5")).isEqualTo(5);
    }

    @Test
    void shouldNotAgreeInPlaceOfAUserWhoCannotBeAsked() throws IOException {
        assertThat(run("kill 3\n")).isEqualTo(1);

        assertThat(asked).containsExactly(List.of("exec", "kill 3"));
    }

    @Test
    void shouldSayThatTheNodeIsGone() throws IOException {
        assertThat(run("gone", "first 0\nsecond 0\n")).isEqualTo(1);
        assertThat(asked).isEmpty();
    }
}

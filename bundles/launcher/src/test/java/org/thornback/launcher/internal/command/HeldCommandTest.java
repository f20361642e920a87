// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.command.CommandProtocol;
import org.thornback.testkit.Await;

/** A command beside a node that says a line in two frames and ends when the test does. */
class HeldCommandTest {
    @TempDir
    Path directory;

    private Path socket;
    private ServerSocketChannel node;

    @BeforeEach
    void listen() throws IOException {
        socket = directory.resolve("command");
        node = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        node.bind(UnixDomainSocketAddress.of(socket));
    }

    @AfterEach
    void close() throws IOException {
        node.close();
    }

    private static void say(SocketChannel channel, byte kind, byte... bytes) throws IOException {
        DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel));
        out.writeByte(kind);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private CompletableFuture<Optional<HeldCommand>> begin() {
        return CompletableFuture.supplyAsync(() -> HeldCommand.begin(socket, "session"));
    }

    @Test
    void shouldGoOnAfterItsLineUntilTheNodeEndsIt() throws Exception {
        CompletableFuture<Optional<HeldCommand>> begun = begin();
        try (SocketChannel channel = node.accept()) {
            say(channel, CommandProtocol.OUT, "i".getBytes(StandardCharsets.UTF_8));
            say(channel, CommandProtocol.OUT, "d\n".getBytes(StandardCharsets.UTF_8));

            HeldCommand held = begun.join().orElseThrow();

            assertThat(held.line()).isEqualTo("id");
            assertThat(held.goesOn()).isTrue();
            say(channel, CommandProtocol.EXIT, new byte[Integer.BYTES]);
            Await.await(() -> !held.goesOn(), () -> "it goes on");
            held.close();
        }
    }

    @Test
    void shouldNotBeginWhenTheNodeHasNoSuchCommandOrDoesNotAnswer() throws Exception {
        CompletableFuture<Optional<HeldCommand>> begun = begin();
        try (SocketChannel channel = node.accept()) {
            say(channel, CommandProtocol.ERR, "none\n".getBytes(StandardCharsets.UTF_8));
            say(channel, CommandProtocol.EXIT, new byte[Integer.BYTES]);
            assertThat(begun.join()).isEmpty();
        }
        begun = begin();
        node.accept().close();
        assertThat(begun.join()).as("it dies").isEmpty();
        node.close();
        assertThat(HeldCommand.begin(socket, "session")).as("it is dead").isEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.command;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A command that says one line and then goes on at the node until this is closed, or its process ends, however. Used by one
 * thread; another one of its own listens.
 */
public final class HeldCommand implements AutoCloseable {
    private final SocketChannel channel;
    private final CompletableFuture<Optional<String>> line = new CompletableFuture<>();
    private volatile boolean ended;

    private HeldCommand(SocketChannel channel) {
        this.channel = requireNonNull(channel, "channel");
    }

    /**
     * Begins it.
     *
     * @param socket the node's command socket.
     * @param name   of the command.
     * @return empty when it does not go on: the node has no such command now, or does not answer.
     */
    public static Optional<HeldCommand> begin(Path socket, String name) {
        try {
            HeldCommand held = new HeldCommand(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
            if (held.begins(name)) {
                return Optional.of(held);
            }
            held.close();
        } catch (IOException deaf) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private boolean begins(String name) {
        try {
            Channels.newOutputStream(channel).write(CommandClient.request(name, List.of()));
            Thread.ofVirtual().name("held-command").start(this::listen);
            return line.get().isPresent();
        } catch (IOException deaf) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void listen() {
        try (DataInputStream in = new DataInputStream(Channels.newInputStream(channel))) {
            CommandClient.copy(in, new FirstLine(), OutputStream.nullOutputStream());
        } catch (IOException over) {
            return; // as good as its end
        } finally {
            ended = true;
            line.complete(Optional.empty());
        }
    }

    /** Waits for the line break. */
    private final class FirstLine extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int one) {
            if (one == '\n') {
                line.complete(Optional.of(bytes.toString(StandardCharsets.UTF_8)));
            } else {
                bytes.write(one);
            }
        }
    }

    /**
     * What it said.
     *
     * @return the line, without its end.
     */
    public String line() {
        return line.join().orElseThrow();
    }

    /**
     * Whether it goes on.
     *
     * @return false once the node has ended it.
     */
    public boolean goesOn() {
        return !ended;
    }

    /** Lets the node end it. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            ended = true;
        }
    }
}

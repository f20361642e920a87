// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.door;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.command.CommandProtocol;
import org.thornback.api.command.Commands;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.health.NodeParts;

/**
 * Listens on the command socket of this node and runs the {@link NodeCommand} a user asked for.
 *
 * <p>It belongs to the launcher and not to a bundle, so that a node of which any bundle is stopped still says what is missing.
 *
 * <p>One thread accepts; each connection is served by a virtual thread of its own. Only processes of the user who runs the
 * node are served: the socket is closed to others by its mode, and the kernel is asked besides.
 */
public final class CommandServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");

    private final Path socket;
    private final ServerSocketChannel door;
    private final String user = System.getProperty("user.name");
    private final Answers answers;

    /**
     * Starts listening.
     *
     * @param socket   where; a file of that name is replaced.
     * @param commands run when they are asked for.
     * @param parts    know what is missing and what is still being started.
     * @param starts   bundles, whichever of them is stopped.
     * @throws IOException when it cannot be bound.
     */
    public CommandServer(Path socket, Commands commands, NodeParts parts, BundleStart starts) throws IOException {
        this.socket = requireNonNull(socket, "socket");
        answers = new Answers(commands, parts, starts);
        Files.deleteIfExists(socket);
        door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        door.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        Thread.ofPlatform().daemon().name("commands").start(this::accept);
    }

    /** Stops listening and removes the socket. */
    @Override
    public void close() {
        try {
            door.close();
            Files.deleteIfExists(socket);
        } catch (IOException gone) {
            LOG.debug("command socket {} was gone already", socket, gone);
        }
    }

    private void accept() {
        while (door.isOpen()) {
            try {
                SocketChannel channel = door.accept();
                Thread.ofVirtual().name("command").start(() -> serve(channel));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException failed) {
                LOG.warn("a command connection could not be accepted", failed);
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            String peer =
                    channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
            if (!peer.equals(user)) {
                LOG.warn("user={} tried to send a command to a node of user={}", peer, user);
                return;
            }
            FrameWriter frames = new FrameWriter(new DataOutputStream(Channels.newOutputStream(channel)));
            try (PrintStream out = stream(frames, CommandProtocol.OUT);
                    PrintStream err = stream(frames, CommandProtocol.ERR)) {
                InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
                int status = answer(new DataInputStream(in), out, err);
                out.flush();
                err.flush();
                frames.exit(status);
            }
        } catch (IOException gone) {
            LOG.debug("a command's user went away: {}", gone.toString()); // as every shell does at its end
        }
    }

    private static PrintStream stream(FrameWriter frames, byte kind) {
        return new PrintStream(frames.stream(kind), false, StandardCharsets.UTF_8);
    }

    private int answer(DataInputStream in, PrintStream out, PrintStream err) throws IOException {
        if (in.readInt() != CommandProtocol.MAGIC || in.readInt() != CommandProtocol.VERSION) {
            err.println("ray: this node speaks version " + CommandProtocol.VERSION
                    + " of the command protocol and the caller another: use the ray command of the node's"
                    + " distribution.");
            return 1;
        }
        return answers.run(texts(in), in, out, err);
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 1 || count > CommandProtocol.MAX_TEXTS) {
            throw new IOException("count=" + count + " texts, expected 1 to " + CommandProtocol.MAX_TEXTS);
        }
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = in.readInt();
            if (length < 0 || length > CommandProtocol.MAX_TEXT_BYTES) {
                throw new IOException("length=" + length + " bytes, expected 0 to " + CommandProtocol.MAX_TEXT_BYTES);
            }
            texts.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
        return texts;
    }
}

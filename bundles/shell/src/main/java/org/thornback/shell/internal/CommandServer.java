// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.command.CommandProtocol;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.health.NodeParts;
import org.thornback.api.session.Session;

/**
 * Listens on the command socket of this node and runs the {@link NodeCommand} a user asked for.
 *
 * <p>One thread accepts; each connection is served by a virtual thread of its own. Only processes of the user who runs the
 * node are served: the socket is closed to others by its mode, and the kernel is asked besides.
 */
@Component(
        service = {},
        immediate = true)
public final class CommandServer {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");

    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private final Path socket;
    private final ServerSocketChannel door;
    private final String user = System.getProperty("user.name");
    private final Commands commands;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile NodeParts parts;

    /**
     * Starts listening.
     *
     * @param session  where the socket lies.
     * @param commands run when they are asked for.
     * @throws IOException when it cannot be bound.
     */
    @Activate
    public CommandServer(@Reference Session session, @Reference Commands commands) throws IOException {
        this.commands = requireNonNull(commands, "commands");
        socket = session.socket(CommandProtocol.SOCKET);
        Files.deleteIfExists(socket);
        door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        door.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        Thread.ofPlatform().daemon().name("commands").start(this::accept);
    }

    /** Stops listening and removes the socket. */
    @Deactivate
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
            LOG.info("a command's user went away: {}", gone.toString());
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
        List<String> texts = texts(in);
        String name = texts.getFirst();
        awaitCommand(name);
        Optional<Integer> status = commands.use(name, command -> run(command, in, texts, out, err));
        return status.orElseGet(() -> unknown(name, err));
    }

    private static int run(
            NodeCommand command, DataInputStream in, List<String> texts, PrintStream out, PrintStream err) {
        String name = texts.getFirst();
        if (command.endsWithItsUser()) {
            Thread running = Thread.currentThread();
            Thread.ofVirtual().name("command-user").start(() -> interruptAtEnd(in, running));
        }
        try {
            return command.run(name, texts.subList(1, texts.size()), out, err);
        } catch (RuntimeException failure) {
            LOG.error("command={} failed", name, failure);
            err.println("ray " + name + ": failed, " + failure + "; the node's log has more.");
            return 1;
        }
    }

    /** A node that has just become ready is still starting what no task needs: an unknown command may be on its way. */
    private void awaitCommand(String name) {
        NodeParts starting = parts;
        if (starting == null || commands.names().contains(name)) {
            return;
        }
        try {
            starting.awaitStarted(START_LIMIT);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody sends anything behind a command: when reading ends, its user has gone, or its channel was closed after it. */
    private static void interruptAtEnd(DataInputStream in, Thread running) {
        try {
            if (in.read() < 0) {
                running.interrupt();
            }
        } catch (IOException over) {
            LOG.trace("the command is over", over);
        }
    }

    /** Wrong usage, unless the command may be part of a bundle that is stopped. */
    private int unknown(String name, PrintStream err) {
        err.println("ray: this node has no command=" + name + "; it has " + commands.names() + ".");
        NodeParts asked = parts;
        List<String> stopped = asked == null ? List.of() : asked.stoppedBundles();
        stopped.forEach(sentence -> err.println("Missing: " + sentence));
        return stopped.isEmpty() ? 2 : 1;
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

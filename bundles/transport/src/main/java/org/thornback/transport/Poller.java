// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import jdk.net.ExtendedSocketOptions;
import org.thornback.api.ThornbackException;
import org.thornback.api.ThornbackException.Category;

/**
 * Serves the connections of one process or component with one selector.
 *
 * <p>{@link #poll} is called by one thread at a time (a conductor, or whoever has the seat of a {@link SharedPoller}) and
 * calls all handlers; everything else is safe from any thread. All bytes that had arrived when a poll began are delivered by
 * that poll.
 */
public final class Poller implements AutoCloseable {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Selector selector;
    private final ConcurrentLinkedQueue<FrameChannel> dirty = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<FrameChannel> closed = new ConcurrentLinkedQueue<>();
    private final List<ServerSocketChannel> servers = new ArrayList<>();
    private final List<Path> sockets = new ArrayList<>();
    private volatile boolean selecting;

    /** Opens the selector. */
    public Poller() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a selector", e);
        }
    }

    /**
     * Listens on a UNIX socket: file mode 0600, a stale file of that name is replaced, peers of another user are dropped.
     *
     * @param path     at most 107 bytes long.
     * @param accepted gives the handler of each new connection; called by the polling thread.
     */
    public synchronized void listen(Path path, Function<FrameChannel, FrameHandler> accepted) {
        try {
            Files.deleteIfExists(path);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(path), 1024);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT, new Acceptor(server, accepted));
            servers.add(server);
            sockets.add(path);
            selector.wakeup();
        } catch (IOException e) {
            throw new ThornbackException(Category.FATAL, "cannot listen on socket=" + path + ": " + e.getMessage(), e);
        }
    }

    /**
     * Connects to a UNIX socket.
     *
     * @param path    where somebody listens.
     * @param handler of its frames.
     * @return the open connection.
     */
    public FrameChannel connect(Path path, FrameHandler handler) {
        try {
            SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
            return register(socket, channel -> handler);
        } catch (IOException e) {
            throw new ThornbackException(Category.LOST, "nobody answers on socket=" + path + ": " + e.getMessage(), e);
        }
    }

    /**
     * Waits for something to do and does it: flushes, reads, writes, accepts, reports ends.
     *
     * @param timeoutNanos longest wait; 0 not to wait, {@link Long#MAX_VALUE} to wait for ever. Rounded up to milliseconds.
     * @return how many connections had something.
     */
    public int poll(long timeoutNanos) {
        try {
            selecting = true;
            flushDirty();
            int ready = select(timeoutNanos);
            selecting = false;
            reportClosed();
            return ready;
        } catch (IOException e) {
            throw new UncheckedIOException("the selector failed", e);
        } finally {
            selecting = false;
        }
    }

    /** Makes a waiting {@link #poll} return. */
    public void wakeup() {
        selector.wakeup();
    }

    /** Ends all connections and removes the sockets listened on. Handlers are not called any more. */
    @Override
    public synchronized void close() {
        if (!selector.isOpen()) {
            return;
        }
        try {
            for (ServerSocketChannel server : servers) {
                server.close();
            }
            for (Path path : sockets) {
                Files.deleteIfExists(path);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the poller", e);
        }
    }

    void flushLater(FrameChannel channel) {
        dirty.add(channel);
        if (selecting) {
            selector.wakeup();
        }
    }

    /** Flushes what was committed without flush; also called by threads that are about to wait elsewhere. */
    void flushDirty() {
        FrameChannel channel;
        while ((channel = dirty.poll()) != null) {
            channel.flush();
        }
    }

    void closed(FrameChannel channel) {
        closed.add(channel);
        selector.wakeup();
    }

    private int select(long timeoutNanos) throws IOException {
        if (timeoutNanos <= 0 || !closed.isEmpty()) {
            return selector.selectNow(this::dispatch);
        }
        if (timeoutNanos == Long.MAX_VALUE) {
            return selector.select(this::dispatch);
        }
        return selector.select(this::dispatch, (timeoutNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }

    private void dispatch(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        switch (key.attachment()) {
            case Acceptor acceptor -> acceptor.accept();
            case FrameChannel channel -> {
                if (key.isWritable()) {
                    channel.writable();
                }
                if (key.isValid() && key.isReadable()) {
                    read(channel);
                }
            }
            default -> throw new IllegalStateException("attachment=" + key.attachment());
        }
    }

    private static void read(FrameChannel channel) {
        try {
            channel.read();
        } catch (RuntimeException malformed) {
            // A peer that sends what nobody can read costs its own connection, nothing else.
            System.getLogger(Poller.class.getName())
                    .log(System.Logger.Level.WARNING, "connection closed: " + malformed.getMessage(), malformed);
            channel.close();
        }
    }

    private void reportClosed() throws IOException {
        FrameChannel channel;
        while ((channel = closed.poll()) != null) {
            channel.socket().close();
            channel.handler().onClosed(channel);
        }
    }

    private FrameChannel register(SocketChannel socket, Function<FrameChannel, FrameHandler> handlers)
            throws IOException {
        socket.configureBlocking(false);
        FrameChannel channel = new FrameChannel(socket, this);
        // No interest before the channel knows its handler: another thread may be selecting.
        SelectionKey key = socket.register(selector, 0, channel);
        channel.begin(handlers.apply(channel), key);
        key.interestOps(SelectionKey.OP_READ);
        selector.wakeup();
        return channel;
    }

    private final class Acceptor {
        private final ServerSocketChannel server;
        private final Function<FrameChannel, FrameHandler> handlers;

        Acceptor(ServerSocketChannel server, Function<FrameChannel, FrameHandler> handlers) {
            this.server = server;
            this.handlers = handlers;
        }

        void accept() {
            try {
                SocketChannel socket;
                while ((socket = server.accept()) != null) {
                    if (isOurs(socket)) {
                        register(socket, handlers);
                    } else {
                        socket.close();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot accept a connection", e);
            }
        }

        private boolean isOurs(SocketChannel socket) throws IOException {
            return socket.getOption(ExtendedSocketOptions.SO_PEERCRED)
                    .user()
                    .equals(Files.getOwner(Path.of("/proc/self")));
        }
    }
}

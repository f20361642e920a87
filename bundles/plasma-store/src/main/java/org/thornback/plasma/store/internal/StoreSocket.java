// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import org.thornback.api.InvalidInputException;

/**
 * The listening socket: mode 0600 from its first moment, and only for processes of the same user. Owned by the conductor.
 */
final class StoreSocket implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final long STREAM_NONBLOCK_CLOEXEC = 1 | 0x800 | 0x80000;
    private static final long CLOEXEC = 0x80000;
    private static final long NONBLOCK_CLOEXEC = 0x800 | CLOEXEC;
    private static final long SOL_SOCKET = 1;
    private static final long SO_PEERCRED = 17;
    private static final int CREDENTIALS_LENGTH = 12;
    private static final int BACKLOG = 1024;
    private static final int MAX_PATH = 107;
    private static final int PATH_OFFSET = 2;
    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET_TYPE = 0140000;

    private final Path path;
    private final EventLoop loop;
    private final IntConsumer accepted;
    private final int owner;
    private final int descriptor;
    private int spare;

    StoreSocket(Path path, EventLoop loop, IntConsumer accepted) throws IOException {
        this.path = requireNonNull(path, "path");
        this.loop = requireNonNull(loop, "loop");
        this.accepted = requireNonNull(accepted, "accepted");
        owner = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        byte[] name = path.toString().getBytes(UTF_8);
        if (name.length > MAX_PATH) {
            throw new InvalidInputException("socket=" + path + " has " + name.length + " bytes, at most " + MAX_PATH
                    + " are possible: choose a shorter directory");
        }
        clear(path);
        descriptor = (int) Linux.call("socket", Linux.SOCKET, AF_UNIX, STREAM_NONBLOCK_CLOEXEC, 0, 0, 0);
        try {
            listen(name);
        } catch (IOException e) {
            Linux.close(descriptor);
            throw e;
        }
    }

    /** Removes the socket of a store that died; one that still answers is left alone, and so is whatever is no socket. */
    private static void clear(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!isSocket(path)) {
            throw new InvalidInputException("socket=" + path
                    + " is there already and not a socket, it stays as it is: remove it or choose another path");
        }
        try {
            SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
        } catch (ConnectException e) { // nobody listens
            Files.deleteIfExists(path);
            return;
        }
        throw new InvalidInputException(
                "socket=" + path + " is in use by another store: stop that one or choose another path");
    }

    private static boolean isSocket(Path path) throws IOException {
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & FILE_TYPE) == SOCKET_TYPE;
    }

    private void listen(byte[] name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(PATH_OFFSET + name.length + 1L, Long.BYTES);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, PATH_OFFSET, name.length);
            // The mode of the socket becomes the mode of the file: nobody else can connect, not even for a moment.
            Linux.call("fchmod", Linux.FCHMOD, descriptor, 0600, 0, 0, 0);
            Linux.call("bind " + path, Linux.BIND, descriptor, address.address(), address.byteSize(), 0, 0);
            Linux.call("listen", Linux.LISTEN, descriptor, BACKLOG, 0, 0, 0);
        }
        spare = spare();
        loop.add(descriptor, Linux.EPOLLIN, events -> accept());
    }

    /** A descriptor kept so that a connection can be taken, and ended, when there are no more of them. */
    private static int spare() {
        return (int) Linux.attempt(Linux.EVENTFD2, 0, CLOEXEC, 0, 0, 0);
    }

    private void accept() {
        while (true) {
            int client = (int) Linux.attempt(Linux.ACCEPT4, descriptor, 0, 0, NONBLOCK_CLOEXEC, 0);
            if (client == -Linux.EMFILE || client == -Linux.ENFILE) {
                if (!refuse()) {
                    return;
                }
                continue;
            }
            if (client < 0) {
                return;
            }
            if (isOwners(client)) {
                accepted.accept(client);
            } else {
                Linux.close(client);
            }
        }
    }

    /** Ends the next connection: left alone it would keep the loop awake for ever. */
    private boolean refuse() {
        if (spare < 0) {
            spare = spare();
            return false;
        }
        Linux.close(spare);
        long refused = Linux.attempt(Linux.ACCEPT4, descriptor, 0, 0, NONBLOCK_CLOEXEC, 0);
        if (refused >= 0) {
            Linux.close((int) refused);
        }
        spare = spare();
        return refused >= 0;
    }

    private boolean isOwners(int client) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment credentials = arena.allocate(CREDENTIALS_LENGTH, Long.BYTES);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, CREDENTIALS_LENGTH);
            long result = Linux.attempt(
                    Linux.GETSOCKOPT, client, SOL_SOCKET, SO_PEERCRED, credentials.address(), length.address());
            return result == 0 && credentials.get(ValueLayout.JAVA_INT, Integer.BYTES) == owner;
        }
    }

    @Override
    public void close() throws IOException {
        loop.remove(descriptor);
        Linux.close(descriptor);
        Linux.close(spare);
        Files.deleteIfExists(path);
    }
}

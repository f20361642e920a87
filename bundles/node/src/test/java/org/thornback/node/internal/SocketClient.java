// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A client on a real socket. Blocks; for one thread. */
final class SocketClient implements AutoCloseable {
    private final SocketChannel socket;
    private final FakeLink link = new FakeLink();

    SocketClient(Path path) throws IOException {
        socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    SocketClient send(byte[] frame) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + frame.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(frame.length)
                .put(frame)
                .flip();
        while (bytes.hasRemaining()) {
            socket.write(bytes);
        }
        return this;
    }

    /** Waits for the next message, which has to be of that kind. */
    <T> T next(Class<T> kind) throws IOException {
        byte[] frame = read(read(Integer.BYTES).getInt()).array();
        link.send(MemorySegment.ofArray(frame), frame.length);
        return kind.cast(link.heard().getLast());
    }

    /** Waits until the node sends something or ends the connection; true for an end. */
    boolean isEnded() throws IOException {
        return socket.read(ByteBuffer.allocate(1)) < 0;
    }

    private ByteBuffer read(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (socket.read(bytes) < 0) {
                throw new EOFException("the node ended the connection");
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.transport;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** The other end of a connection, byte by byte: what a process that knows nothing of pollers sends and sees. */
final class RawPeer implements AutoCloseable {
    private final SocketChannel socket;

    RawPeer(Path path) throws IOException {
        socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    /** A frame whose message is the number, padded to the length. */
    static byte[] frame(long number, int length) {
        return ByteBuffer.allocate(FrameDescriptor.HEADER_LENGTH + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .putLong(number)
                .array();
    }

    void write(byte[] bytes, int from, int to) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, from, to - from);
        while (buffer.hasRemaining()) {
            socket.write(buffer);
        }
    }

    void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    /** Reads the next frame's number, and checks that the rest of the message is the padding that was sent. */
    long readNumber() throws IOException {
        int length = read(FrameDescriptor.HEADER_LENGTH).getInt();
        ByteBuffer message = read(length);
        long number = message.getLong();
        while (message.hasRemaining()) {
            if (message.get() != (byte) number) {
                throw new IOException("message of number=" + number + " is damaged at " + message.position());
            }
        }
        return number;
    }

    /** Tells whether the other side has ended the connection; waits until it does or sends. */
    boolean isEnded() throws IOException {
        return socket.read(ByteBuffer.allocate(1)) < 0;
    }

    private ByteBuffer read(int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (socket.read(buffer) < 0) {
                throw new IOException("the connection ended after " + buffer.position() + " of " + count + " bytes");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

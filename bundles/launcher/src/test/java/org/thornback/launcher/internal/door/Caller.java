// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.door;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.thornback.api.command.CommandProtocol;

/** A user's {@code ray} on the command socket, number by number. */
final class Caller implements AutoCloseable {
    private final SocketChannel socket;
    private final DataOutputStream out;
    private final DataInputStream in;

    /** What a command printed on either stream, and its exit status. */
    record Reply(String out, String err, int status) {}

    Caller(Path path) throws IOException {
        socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
        out = new DataOutputStream(Channels.newOutputStream(socket));
        in = new DataInputStream(Channels.newInputStream(socket));
    }

    static Reply run(Path path, String... texts) throws IOException {
        try (Caller caller = new Caller(path)) {
            return caller.send(CommandProtocol.VERSION, texts).reply();
        }
    }

    Caller numbers(int... numbers) throws IOException {
        for (int number : numbers) {
            out.writeInt(number);
        }
        out.flush();
        return this;
    }

    Caller send(int version, String... texts) throws IOException {
        numbers(CommandProtocol.MAGIC, version, texts.length);
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
        out.flush();
        return this;
    }

    /** Reads one frame of standard output. */
    String nextOut() throws IOException {
        byte kind = in.readByte();
        int length = in.readInt();
        if (kind != CommandProtocol.OUT) {
            throw new IOException("kind=" + kind);
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Reads frames up to the exit status. */
    Reply reply() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        while (true) {
            byte kind = in.readByte();
            int length = in.readInt();
            switch (kind) {
                case CommandProtocol.OUT -> printed.write(in.readNBytes(length));
                case CommandProtocol.ERR -> errors.write(in.readNBytes(length));
                case CommandProtocol.EXIT -> {
                    return new Reply(
                            printed.toString(StandardCharsets.UTF_8),
                            errors.toString(StandardCharsets.UTF_8),
                            in.readInt());
                }
                default -> throw new IOException("kind=" + kind);
            }
        }
    }

    /** Whether the node ended the connection without an answer. */
    boolean isEnded() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

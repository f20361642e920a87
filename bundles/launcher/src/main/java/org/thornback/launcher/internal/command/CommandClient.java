// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.command;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.thornback.api.ThornbackException;
import org.thornback.api.command.CommandProtocol;

/** Runs one command on a node, over its command socket. Stateless. */
public final class CommandClient {
    private static final int MAX_FRAME = 16 << 20;

    private CommandClient() {}

    /**
     * Runs a command and copies what it says.
     *
     * @param socket    the node's command socket.
     * @param name      the command.
     * @param arguments its arguments.
     * @param out       gets its standard output.
     * @param err       gets its standard error.
     * @return its exit status.
     * @throws ThornbackException when the node does not answer.
     */
    public static int run(Path socket, String name, List<String> arguments, OutputStream out, OutputStream err) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Channels.newOutputStream(channel).write(request(name, arguments));
            return copy(new DataInputStream(Channels.newInputStream(channel)), out, err);
        } catch (EOFException ended) {
            throw new ThornbackException(
                    ThornbackException.Category.LOST, "the node ended before it answered command=" + name + ".", ended);
        } catch (IOException deaf) {
            throw new ThornbackException(
                    ThornbackException.Category.LOST,
                    "the node does not answer on socket=" + socket + " (" + deaf.getMessage()
                            + "): it ends just now, or all of it hangs.",
                    deaf);
        }
    }

    /** A command and its arguments as the node reads them. */
    static byte[] request(String name, List<String> arguments) throws IOException {
        List<String> texts = new ArrayList<>(arguments);
        texts.addFirst(name);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeInt(CommandProtocol.MAGIC);
        data.writeInt(CommandProtocol.VERSION);
        data.writeInt(texts.size());
        for (String text : texts) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            data.writeInt(utf8.length);
            data.write(utf8);
        }
        return bytes.toByteArray();
    }

    /** Copies what a command says, and returns its exit status. */
    static int copy(DataInputStream in, OutputStream out, OutputStream err) throws IOException {
        while (true) {
            byte kind = in.readByte();
            int length = in.readInt();
            if (length < 0 || length > MAX_FRAME) {
                throw new IOException("frame length=" + length + ", expected 0 to " + MAX_FRAME);
            }
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException();
            }
            switch (kind) {
                case CommandProtocol.OUT -> out.write(bytes);
                case CommandProtocol.ERR -> err.write(bytes);
                case CommandProtocol.EXIT -> {
                    out.flush();
                    err.flush();
                    return bytes.length == Integer.BYTES
                            ? new DataInputStream(new java.io.ByteArrayInputStream(bytes)).readInt()
                            : 1;
                }
                default -> throw new IOException("frame kind=" + kind + " is unknown: is the node of another version?");
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.programs;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * The least a call between two JVMs can cost: 32 bytes there and back over a UNIX socket, blocking.
 *
 * <p>Arguments: {@code serve SOCKET}, or {@code measure SOCKET ROUNDS}. Both ends are to be pinned, to one core each.
 */
public final class PingPong {
    private static final int MESSAGE = 32;
    private static final int EXCHANGES = 20_000;

    private PingPong() {}

    /**
     * Serves one connection, or measures.
     *
     * @param arguments as described.
     * @throws IOException when the other end is not there.
     */
    public static void main(String[] arguments) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(Path.of(arguments[1]));
        if (arguments[0].equals("serve")) {
            serve(address);
        } else {
            measure(address, Integer.parseInt(arguments[2]));
        }
    }

    private static void serve(UnixDomainSocketAddress address) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            System.out.println("ready");
            try (SocketChannel channel = server.accept()) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE);
                while (channel.read(buffer) > 0) {
                    channel.write(buffer.flip());
                    buffer.clear();
                }
            }
        }
    }

    private static void measure(UnixDomainSocketAddress address, int rounds) throws IOException {
        try (SocketChannel channel = SocketChannel.open(address)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE);
            for (int round = 0; round <= rounds; round++) {
                long[] nanos = new long[EXCHANGES];
                for (int i = 0; i < EXCHANGES; i++) {
                    long begin = System.nanoTime();
                    channel.write(buffer.clear());
                    channel.read(buffer.clear());
                    nanos[i] = System.nanoTime() - begin;
                }
                Figures.printMedianMicros("ping-pong", round, nanos);
            }
        }
    }
}

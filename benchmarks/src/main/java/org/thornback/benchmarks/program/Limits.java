// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.program;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * What this machine allows in this hour: a ping-pong between two JVMs over a UNIX socket, copying memory, and a new array with
 * a copy. {@code serve SOCKET} is the other side of the ping-pong, {@code measure SOCKET} prints the figures.
 */
public final class Limits {
    private static final int MESSAGE = 32;
    private static final int PINGS = 20_000;
    private static final int SIZE = 1 << 24;
    private static final int COPIES = 60;

    private Limits() {}

    /**
     * Serves or measures.
     *
     * @param arguments the role, and the socket.
     * @throws IOException when the other side is gone.
     */
    public static void main(String[] arguments) throws IOException {
        Path socket = Path.of(arguments[1]);
        if (arguments[0].equals("serve")) {
            serve(socket);
        } else {
            pingPong(socket);
            copies();
        }
    }

    private static void serve(Path socket) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            try (SocketChannel peer = server.accept()) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE);
                while (peer.read(buffer) > 0) {
                    buffer.flip();
                    peer.write(buffer);
                    buffer.clear();
                }
            }
        } finally {
            Files.deleteIfExists(socket);
        }
    }

    private static void pingPong(Path socket) throws IOException {
        try (SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE);
            for (int round = 0; round < 4; round++) {
                double[] micros = new double[PINGS];
                for (int i = 0; i < PINGS; i++) {
                    long begin = System.nanoTime();
                    buffer.clear();
                    peer.write(buffer);
                    buffer.clear();
                    peer.read(buffer);
                    micros[i] = (System.nanoTime() - begin) / 1e3;
                }
                print(round, "ping_pong_us", micros);
            }
        }
    }

    private static void copies() {
        byte[] source = new byte[SIZE];
        byte[] target = new byte[SIZE];
        Arrays.fill(source, (byte) 1);
        for (int round = 0; round < 3; round++) {
            double[] copied = new double[COPIES];
            double[] made = new double[COPIES];
            for (int i = 0; i < COPIES; i++) {
                long begin = System.nanoTime();
                System.arraycopy(source, 0, target, 0, SIZE);
                copied[i] = SIZE / (double) (System.nanoTime() - begin);
                begin = System.nanoTime();
                byte[] fresh = new byte[SIZE];
                System.arraycopy(target, 0, fresh, 0, SIZE);
                made[i] = SIZE / (double) (System.nanoTime() - begin);
                source[i] = fresh[i];
            }
            print(round, "memcpy_GB_per_s", copied);
            print(round, "new_and_copy_GB_per_s", made);
        }
    }

    private static void print(int round, String name, double[] values) {
        if (round > 0) {
            Arrays.sort(values);
            System.out.printf(Locale.ROOT, "figure %s %.3f%n", name, values[values.length / 2]);
        }
    }
}

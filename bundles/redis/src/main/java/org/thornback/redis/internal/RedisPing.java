// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.redis.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.thornback.api.security.Secret;

/** Asks who is at a port of this machine, without a client's weight. Stateless; calls block for a second at most. */
final class RedisPing {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PATIENCE_MILLIS = 1_000;
    private static final String PROCESS_ID = "process_id:";

    private RedisPing() {}

    /** Whether anybody listens. */
    static boolean isTaken(int port) {
        try (Socket socket = connect(port)) {
            return socket.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    /** The process of the Redis that takes the password; empty when there is none. */
    static Optional<Long> pid(int port, Secret password) {
        try (Socket socket = connect(port)) {
            String secret = password.reveal();
            int length = secret.getBytes(StandardCharsets.UTF_8).length;
            String commands = "*2\r\n$4\r\nAUTH\r\n$" + length + "\r\n" + secret + "\r\nINFO server\r\n";
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.UTF_8));
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = answers.readLine(); line != null && !line.startsWith("-"); line = answers.readLine()) {
                if (line.startsWith(PROCESS_ID)) {
                    return Optional.of(Long.parseLong(line.substring(PROCESS_ID.length())));
                }
            }
            return Optional.empty();
        } catch (IOException | NumberFormatException notReady) {
            return Optional.empty();
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(LOOPBACK, port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return socket;
        } catch (IOException nobody) {
            socket.close();
            throw nobody;
        }
    }
}

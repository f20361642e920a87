// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Something that listens and is no Redis: it says its greeting to everybody, and then nothing as long as it lives. */
final class Stranger implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final String greeting;

    Stranger(String greeting) throws IOException {
        this.greeting = greeting;
        Thread.ofVirtual().start(this::acceptAll);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> greet(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void greet(Socket client) {
        try (client) {
            if (!greeting.isEmpty()) {
                client.getOutputStream().write((greeting + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            client.getInputStream().readAllBytes();
        } catch (IOException gone) {
            // it had enough of us
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Talks to a Redis server as anybody could who found its port: words of a command in, the first line of the answer out. */
final class Resp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 5_000;

    private final Socket socket;
    private final BufferedReader answers;

    Resp(String host, int port) throws IOException {
        socket = new Socket(host, port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    static Resp to(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        return new Resp(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    String ask(String... words) throws IOException {
        socket.getOutputStream().write((String.join(" ", List.of(words)) + "\r\n").getBytes(StandardCharsets.UTF_8));
        return answers.readLine();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

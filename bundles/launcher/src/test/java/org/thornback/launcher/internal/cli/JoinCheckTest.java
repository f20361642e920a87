// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thornback.api.security.Secret;

class JoinCheckTest {
    private static final Secret PASSWORD = Secret.of("secret word");

    @ParameterizedTest
    @ValueSource(strings = {"6379", "host", "host:", "host:port", ":6379", "host:0", "host:99999"})
    void shouldSayWhenItIsNoAddress(String address) {
        assertThat(JoinCheck.finding(address, PASSWORD)).startsWith("is not an address");
    }

    @Test
    void shouldSayWhenNothingAnswers() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }

        assertThat(JoinCheck.finding("127.0.0.1:" + port, PASSWORD)).startsWith("does not answer (");
    }

    @ParameterizedTest
    @CsvSource({
        "+OK, :1, is a cluster",
        "+OK, :0, 'answers, but is not the Redis of a Ray cluster'",
        "-WRONGPASS invalid username-password pair, '', refused the Redis password",
        "-ERR AUTH <password> called without any password, '', 'answers, but is not the Redis of a Ray cluster'",
        "HTTP/1.1 400 Bad Request, '', 'answers, but is not the Redis of a Ray cluster'",
        "'', '', 'answers, but is not the Redis of a Ray cluster'",
    })
    void shouldTellWhatAnswers(String welcome, String second, String expected) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = Thread.ofVirtual().start(() -> answer(server, welcome, second));

            String finding = JoinCheck.finding("127.0.0.1:" + server.getLocalPort(), PASSWORD);

            assertThat(finding).startsWith(expected).doesNotContain("secret word");
            answering.join();
        }
    }

    private static void answer(ServerSocket server, String... replies) {
        try (Socket client = server.accept()) {
            client.getInputStream().read();
            for (String reply : replies) {
                client.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            client.shutdownOutput();
            client.getInputStream().readAllBytes();
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }
}

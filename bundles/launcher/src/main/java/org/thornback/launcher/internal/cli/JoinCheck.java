// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at an address somebody wants to join, and says what is there.
 *
 * <p>A second node is not part of this version; whoever tries still learns first whether the address was right.
 */
final class JoinCheck {
    private static final int MILLIS = 2_000;
    private static final String DEFAULT_PASSWORD = "5241590000000000";

    private JoinCheck() {}

    /**
     * Says why this node does not join.
     *
     * @param address {@code host:port} as given.
     * @param given   the options of the command line.
     * @return exit status.
     */
    static int refuse(String address, Map<String, String> given) {
        String password = Optional.ofNullable(given.get("redis-password"))
                .or(() -> Optional.ofNullable(System.getenv("RAY_REDIS_PASSWORD")))
                .orElse(DEFAULT_PASSWORD);
        System.err.println("ray start: --address=" + address + " " + finding(address, password));
        return 1;
    }

    static String finding(String address, String password) {
        int colon = address.lastIndexOf(':');
        if (colon <= 0 || !address.substring(colon + 1).matches("\\d{1,5}")) {
            return "is not an address: expected host:port, as `ray start --head` prints it.";
        }
        String host = address.substring(0, colon).replaceAll("^\\[|]$", "");
        int port = Integer.parseInt(address.substring(colon + 1));
        if (port < 1 || port > 65_535) {
            return "is not an address: port=" + port + ", expected 1 to 65535.";
        }
        String reply;
        try {
            reply = ask(new InetSocketAddress(host, port), password);
        } catch (IOException silent) {
            return "does not answer (" + reason(silent) + "): is a head node running there?";
        }
        if (reply.startsWith("+OK")) {
            return "is a cluster, but this version runs one node for each cluster: a program on that machine can use"
                    + " it; joining comes with a later version.";
        }
        return reply.startsWith("-WRONGPASS") || reply.startsWith("-ERR AUTH") || reply.startsWith("-NOAUTH")
                ? "refused the Redis password: give that of the head with RAY_REDIS_PASSWORD or --redis-password."
                : "answers, but is not the Redis of a Ray cluster: give the address that `ray start --head` printed.";
    }

    private static String ask(InetSocketAddress address, String password) throws IOException {
        if (address.isUnresolved()) {
            throw new IOException("unknown host");
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, MILLIS);
            socket.setSoTimeout(MILLIS);
            byte[] secret = password.getBytes(StandardCharsets.UTF_8);
            OutputStream out = socket.getOutputStream();
            out.write(("*2\r\n$4\r\nAUTH\r\n$" + secret.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(secret);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            byte[] reply = new byte[128];
            int length = socket.getInputStream().read(reply);
            return length <= 0 ? "" : new String(reply, 0, length, StandardCharsets.US_ASCII);
        } catch (java.net.SocketTimeoutException silent) {
            throw new IOException("no answer within " + MILLIS + " ms", silent);
        }
    }

    private static String reason(IOException failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}

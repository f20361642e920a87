// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Looks at an address where no node of this machine is, to tell the user what is there. */
final class RedisProbe {
    private static final int MILLIS = 2_000;

    private RedisProbe() {}

    /**
     * One sentence about an address.
     *
     * @param address  {@code host:port}.
     * @param password tried as the Redis password.
     * @return why a driver cannot connect there.
     */
    static String sentence(String address, String password) {
        int colon = address.lastIndexOf(':');
        int port = colon > 0 ? port(address.substring(colon + 1)) : -1;
        String subject = "ray.address=" + address + " ";
        if (port < 0) {
            return subject + "is not an address: expected host:port as `ray start` prints it, auto, or local.";
        }
        try {
            String reply = authenticate(new InetSocketAddress(address.substring(0, colon), port), password);
            if (reply.startsWith("+OK")) {
                return subject
                        + "is a cluster without a node of yours on this machine: run this program where its node runs.";
            }
            if (reply.startsWith("-WRONGPASS") || reply.startsWith("-ERR AUTH")) {
                return subject + "refused the Redis password: give that of the head with RAY_REDIS_PASSWORD"
                        + " or ray.redis.password.";
            }
            return subject + "answers, but is not a Ray cluster: give the address that `ray start --head` printed.";
        } catch (IOException silent) {
            return subject + "does not answer (" + silent.getMessage() + "): is the head node running? "
                    + "`ray start --head` starts one.";
        }
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 0 && port < 65_536 ? port : -1;
        } catch (NumberFormatException word) {
            return -1;
        }
    }

    private static String authenticate(InetSocketAddress address, String password) throws IOException {
        if (address.isUnresolved()) {
            throw new IOException("host " + address.getHostString() + " is unknown");
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, MILLIS);
            socket.setSoTimeout(MILLIS);
            byte[] secret = password.getBytes(StandardCharsets.UTF_8);
            byte[] head = ("*2\r\n$4\r\nAUTH\r\n$" + secret.length + "\r\n").getBytes(StandardCharsets.US_ASCII);
            byte[] command = new byte[head.length + secret.length + 2];
            System.arraycopy(head, 0, command, 0, head.length);
            System.arraycopy(secret, 0, command, head.length, secret.length);
            command[command.length - 2] = '\r';
            command[command.length - 1] = '\n';
            socket.getOutputStream().write(command);
            byte[] reply = socket.getInputStream().readNBytes("-WRONGPASS".length() / 2);
            return new String(reply, StandardCharsets.US_ASCII).startsWith("+OK")
                    ? "+OK"
                    : new String(reply, StandardCharsets.US_ASCII) + rest(socket);
        }
    }

    private static String rest(Socket socket) throws IOException {
        byte[] more = new byte[128];
        int length = socket.getInputStream().read(more);
        return length <= 0 ? "" : new String(more, 0, length, StandardCharsets.US_ASCII);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.redis;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.thornback.api.security.Secret;

/**
 * Looks at an address that is said to be a cluster's, without a Redis client: those who ask have none. Any thread; returns
 * within a few seconds whatever is there.
 */
public final class RedisProbe {
    /** Key under which the Redis of a cluster tells the name of its session. */
    public static final String SESSION_KEY = "thornback:session";

    private static final int MILLIS = 2_000;
    private static final int MOST_OF_A_LINE = 512;

    private RedisProbe() {}

    /** What is at an address. */
    public enum Finding {
        /** The address is none: it has no host, or no port from 1 to 65535. */
        NO_ADDRESS,
        /** The Redis of a cluster, and it takes the password. */
        CLUSTER,
        /** A Redis with a password, and it is another one. */
        WRONG_PASSWORD,
        /** Something else, a Redis of somebody else included. */
        STRANGER
    }

    /**
     * Looks at an address.
     *
     * @param address  {@code host:port}.
     * @param password for the Redis there.
     * @return what is there.
     * @throws IOException when nothing answers; the message says why, in words for a user.
     */
    public static Finding look(String address, Secret password) throws IOException {
        int colon = address.lastIndexOf(':');
        int port = colon > 0 ? port(address.substring(colon + 1)) : 0;
        if (port == 0) {
            return Finding.NO_ADDRESS;
        }
        String host = address.substring(0, colon).replaceAll("^\\[|]$", "");
        InetSocketAddress place = new InetSocketAddress(host, port);
        if (place.isUnresolved()) {
            throw new IOException("host " + host + " is unknown");
        }
        try (Socket socket = new Socket()) {
            socket.connect(place, MILLIS);
            socket.setSoTimeout(MILLIS);
            return ask(socket, password);
        } catch (SocketTimeoutException silent) {
            throw new IOException("no answer within " + MILLIS + " ms", silent);
        }
    }

    private static Finding ask(Socket socket, Secret password) throws IOException {
        socket.getOutputStream().write(command("AUTH", password.reveal()));
        BufferedReader replies =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        String welcome = line(replies);
        if (welcome.startsWith("-WRONGPASS")) {
            return Finding.WRONG_PASSWORD;
        }
        if (!welcome.equals("+OK")) {
            return Finding.STRANGER; // a Redis that wants no password is not ours, either
        }
        socket.getOutputStream().write(command("EXISTS", SESSION_KEY));
        return line(replies).equals(":1") ? Finding.CLUSTER : Finding.STRANGER;
    }

    private static byte[] command(String... words) {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        command.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            command.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            command.writeBytes(bytes);
            command.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return command.toByteArray();
    }

    /** The next line, or as much of it as no Redis would say. */
    private static String line(BufferedReader replies) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = replies.read();
        while (next >= 0 && next != '\n' && line.length() < MOST_OF_A_LINE) {
            line.append((char) next);
            next = replies.read();
        }
        return line.toString().stripTrailing();
    }

    private static int port(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) < 65_536 ? Integer.parseInt(text) : 0;
    }
}

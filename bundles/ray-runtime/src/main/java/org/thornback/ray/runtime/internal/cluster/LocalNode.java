// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.cluster;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Properties;

/**
 * A node on this machine, as its record describes it.
 *
 * @param sessionDirectory its session.
 * @param redisAddress     {@code host:port}, the address of its cluster.
 * @param rayletSocket     where drivers connect.
 * @param owned            it belongs to another driver.
 */
record LocalNode(Path sessionDirectory, String redisAddress, Path rayletSocket, boolean owned) {
    private static final String FORMAT = "1";

    LocalNode {
        requireNonNull(sessionDirectory, "sessionDirectory");
        requireNonNull(redisAddress, "redisAddress");
        requireNonNull(rayletSocket, "rayletSocket");
    }

    /**
     * Understands a record.
     *
     * @param record as the node wrote it.
     * @return the node.
     * @throws IllegalArgumentException when it is of another format or something is missing.
     */
    static LocalNode of(Properties record) {
        String format = record.getProperty("format");
        if (!FORMAT.equals(format)) {
            throw new IllegalArgumentException("record format=" + format + ", expected " + FORMAT
                    + ": node and driver are of different versions.");
        }
        return new LocalNode(
                Path.of(value(record, "sessionDirectory")),
                value(record, "redisAddress"),
                Path.of(value(record, "rayletSocket")),
                Boolean.parseBoolean(value(record, "owned")));
    }

    private static String value(Properties record, String key) {
        String value = record.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("record has no " + key);
        }
        return value;
    }

    /**
     * Whether this node is part of the cluster with an address.
     *
     * @param address {@code host:port} as a user gives it; {@code localhost} and {@code 127.0.0.1} mean this machine.
     * @return true when it is.
     */
    boolean isAt(String address) {
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, Math.max(colon, 0));
        String port = address.substring(colon + 1);
        boolean samePort = redisAddress.endsWith(":" + port);
        return address.equals(redisAddress) || samePort && (host.equals("localhost") || host.equals("127.0.0.1"));
    }
}

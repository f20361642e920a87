// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.cluster;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where a node is and how to reach it.
 *
 * @param nodeId           56 hexadecimal digits.
 * @param nodeIp           address other nodes and users see.
 * @param redisAddress     {@code host:port} of the Redis primary, the address of the cluster.
 * @param sessionDirectory absolute path of the session.
 * @param rayletSocket     UNIX socket of the raylet, at most 107 bytes long.
 * @param storeSocket      UNIX socket of the plasma store, at most 107 bytes long.
 * @param commandSocket    UNIX socket that takes operator commands, at most 107 bytes long.
 */
public record NodeDescription(
        String nodeId,
        String nodeIp,
        String redisAddress,
        Path sessionDirectory,
        Path rayletSocket,
        Path storeSocket,
        Path commandSocket) {

    /** Checks that nothing is missing. */
    public NodeDescription {
        requireNonNull(nodeId, "nodeId");
        requireNonNull(nodeIp, "nodeIp");
        requireNonNull(redisAddress, "redisAddress");
        requireNonNull(sessionDirectory, "sessionDirectory");
        requireNonNull(rayletSocket, "rayletSocket");
        requireNonNull(storeSocket, "storeSocket");
        requireNonNull(commandSocket, "commandSocket");
    }
}

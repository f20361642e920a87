// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import org.thornback.api.id.BinaryId;

/**
 * What does not change about this node.
 *
 * @param nodeId           28 bytes.
 * @param nodeIp           its address.
 * @param hostName         its name.
 * @param sessionDirectory of its session.
 * @param rayletSocket     where clients connect.
 * @param storeSocket      where the store listens.
 * @param cpus             whole CPUs, at least 1.
 */
record NodeFacts(
        BinaryId nodeId,
        String nodeIp,
        String hostName,
        String sessionDirectory,
        String rayletSocket,
        String storeSocket,
        int cpus) {

    /**
     * A resource of the node, in 1/10000.
     *
     * @param name      of the resource.
     * @param total     the node has.
     * @param available is not in use.
     */
    record Amount(String name, long total, long available) {}
}

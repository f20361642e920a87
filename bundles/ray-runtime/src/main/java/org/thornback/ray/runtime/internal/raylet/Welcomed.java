// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.raylet;

import java.nio.file.Path;

/**
 * What the raylet told this process when it took it in.
 *
 * @param nodeId           28 bytes.
 * @param jobId            0 for a worker without a job yet.
 * @param cpus             whole CPUs of the node.
 * @param nodeIp           address of the node.
 * @param sessionDirectory of the session.
 * @param storeSocket      where the plasma store listens.
 * @param namespace        of the job; empty for a worker without a job yet.
 */
public record Welcomed(
        byte[] nodeId, int jobId, int cpus, String nodeIp, Path sessionDirectory, Path storeSocket, String namespace) {}

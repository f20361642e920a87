// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.resources;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;

/**
 * What this node offers: detected, then overridden by the configuration. Registered as a service once it is known to be
 * possible: what the node started with. Who is to follow edits is a {@link ResourceListener}. Immutable.
 *
 * @param total             resources by name, in 1/10000: CPU, GPU, memory, object_store_memory, {@code node:<ip>}, custom ones.
 * @param cpus              whole CPUs of the machine, at least 1.
 * @param objectStoreMemory capacity of the object store in bytes.
 * @param plasmaDirectory   where the object store's memory comes from.
 * @param nodeIp            address of the node.
 */
public record NodeResources(
        Map<String, Long> total, int cpus, long objectStoreMemory, Path plasmaDirectory, String nodeIp) {

    /** One of anything, in units. */
    public static final long UNIT = 10_000;

    /** Checks that nothing is missing. */
    public NodeResources {
        total = Map.copyOf(total);
        requireNonNull(plasmaDirectory, "plasmaDirectory");
        requireNonNull(nodeIp, "nodeIp");
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.cluster;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The cluster a driver uses.
 *
 * @param rayletSocket of the node on this machine.
 * @param owned        this driver started it and it ends with it.
 * @param password     the Redis password the user gave, to be proven to the node; empty when none was given.
 * @param ending       ends an owned cluster and waits for its end; does nothing for another one.
 */
public record Cluster(Path rayletSocket, boolean owned, Optional<String> password, Runnable ending)
        implements AutoCloseable {

    /** Checks that nothing is missing. */
    public Cluster {
        requireNonNull(rayletSocket, "rayletSocket");
        requireNonNull(password, "password");
        requireNonNull(ending, "ending");
    }

    @Override
    public void close() {
        ending.run();
    }

    @Override
    public String toString() {
        return "Cluster(rayletSocket=" + rayletSocket + ", owned=" + owned + ")";
    }
}

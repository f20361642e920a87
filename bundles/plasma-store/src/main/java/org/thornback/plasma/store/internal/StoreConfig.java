// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a store needs to know.
 *
 * @param socket   where clients connect.
 * @param capacity bytes objects may take together.
 * @param patience how long a create waits for room.
 */
public record StoreConfig(Path socket, long capacity, Duration patience) {
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

    public StoreConfig {
        requireNonNull(socket, "socket");
        requireNonNull(patience, "patience");
        if (capacity <= 0) {
            throw new IllegalArgumentException("capacity=" + capacity + " is not positive");
        }
    }

    public StoreConfig(Path socket, long capacity) {
        this(socket, capacity, DEFAULT_PATIENCE);
    }
}

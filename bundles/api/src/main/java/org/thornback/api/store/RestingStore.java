// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A store that nobody rules, and what its next ruler has to know: it rests while its bundle is stopped, with memory, index,
 * connections and who waits.
 *
 * @param store     the store.
 * @param backend   where its memory comes from; whoever gave it may be gone.
 * @param wish      name by which a user chose that backend, empty when it is the best one there was.
 * @param directory where the user wanted it, empty for wherever it likes.
 */
public record RestingStore(RunningStore store, StoreBackend backend, String wish, Optional<Path> directory)
        implements AutoCloseable {
    /** Checks that nothing is missing. */
    public RestingStore {
        requireNonNull(store, "store");
        requireNonNull(backend, "backend");
        requireNonNull(wish, "wish");
        requireNonNull(directory, "directory");
    }

    /** Nobody will rule it any more: ends it with everything in it. */
    @Override
    public void close() {
        store.close();
    }
}

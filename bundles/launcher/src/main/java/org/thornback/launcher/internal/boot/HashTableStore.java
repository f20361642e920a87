// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.thornback.api.store.SpillTarget;

/**
 * Keeps evicted objects in memory outside the store, as the external store {@code hashtable://NAME} of Arrow does: no bound but
 * the machine's, and nothing outlives the process. Safe from any thread.
 */
final class HashTableStore implements SpillTarget {
    private final Map<Long, Kept> table = new HashMap<>();
    private long next = 1;

    private record Kept(Arena arena, MemorySegment bytes) {}

    @Override
    public long write(MemorySegment bytes) throws IOException {
        Arena arena = Arena.ofShared();
        try {
            MemorySegment copy = arena.allocate(Math.max(1, bytes.byteSize()));
            MemorySegment.copy(bytes, 0, copy, 0, bytes.byteSize());
            synchronized (this) {
                table.put(next, new Kept(arena, copy));
                return next++;
            }
        } catch (OutOfMemoryError full) {
            arena.close();
            throw new IOException("the machine has no memory for " + bytes.byteSize() + " bytes", full);
        }
    }

    @Override
    public void read(long place, MemorySegment into) throws IOException {
        Kept kept;
        synchronized (this) {
            kept = table.get(place);
        }
        if (kept == null) {
            throw new IOException("place=" + place + " of the external store is empty");
        }
        MemorySegment.copy(kept.bytes, 0, into, 0, into.byteSize());
    }

    @Override
    public void free(long place, long length) {
        Kept kept;
        synchronized (this) {
            kept = table.remove(place);
        }
        if (kept != null) {
            kept.arena.close();
        }
    }
}

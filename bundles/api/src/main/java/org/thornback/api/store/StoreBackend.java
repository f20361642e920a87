// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Where the store's memory comes from: shared memory, huge pages, a disk.
 *
 * <p>Registered as a service only while it can really provide memory. The store calls it on helper threads, and adopts a
 * segment the moment it is returned: a backend keeps no track of what it gave and may vanish at any time.
 */
@ConsumerType
public interface StoreBackend {
    /** Service property that carries {@link #name()}, for choosing by target filter. */
    String NAME = "thornback.store.backend";

    /** Name of plain shared memory. */
    String SHARED_MEMORY = "shm";

    /** Name of huge pages. */
    String HUGE_PAGES = "hugepages";

    /** Name of files on a disk. */
    String FILE = "file";

    /**
     * Short name by which a user chooses it.
     *
     * @return for instance {@code shm}.
     */
    String name();

    /**
     * Granule of its memory.
     *
     * @return bytes, a power of two.
     */
    long pageSize();

    /**
     * Makes a segment. Space is really reserved, never over-committed: what does not fit fails here, not when it is
     * written.
     *
     * @param length  address space wanted in bytes; rounded up to the page size.
     * @param reserve how much of it needs memory behind it at once.
     * @return the segment, owned by the caller.
     * @throws StoreCapacityException when {@code length} is more than the memory below has, or {@code reserve} more than is
     *                                free in it.
     */
    Segment allocate(long length, long reserve);
}

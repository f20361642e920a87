// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes the nameless files that backends give to the store, so that no backend needs system calls of its own.
 *
 * <p>Safe from any thread; blocks as long as the system takes to give the memory. Whoever receives the segment owns it; when
 * making it fails, nothing is left.
 */
@ProviderType
public interface MemoryFiles {

    /**
     * Makes a file of anonymous memory.
     *
     * @param backend name of the backend it is for.
     * @param length  address space in bytes; rounded up to pages of 4 KiB.
     * @param reserve how much of it needs memory behind it at once.
     * @return the segment.
     * @throws MemoryFileException when the system refuses.
     */
    Segment anonymous(String backend, long length, long reserve) throws MemoryFileException;

    /**
     * Makes a file in a directory that has no name there, or loses it at once where the file system cannot do without.
     *
     * @param directory of the file system whose memory it is.
     * @param backend   name of the backend it is for.
     * @param pageSize  granule of that file system in bytes.
     * @param length    address space in bytes; rounded up to the page size.
     * @param reserve   how much of it needs memory behind it at once.
     * @return the segment.
     * @throws MemoryFileException when the system refuses.
     */
    Segment nameless(Path directory, String backend, long pageSize, long length, long reserve)
            throws MemoryFileException;

    /**
     * As {@link #nameless}, in a file system of huge pages: the kernel promises the file all its pages, and clears each when it
     * is first touched, in the cache of whoever writes it. To be used only where promises hold, see {@link
     * org.thornback.api.resources.HugePages#promisesHold()}.
     *
     * @param directory of the file system whose memory it is.
     * @param backend   name of the backend it is for.
     * @param pageSize  granule of that file system in bytes.
     * @param length    in bytes; rounded up to the page size, and all of it reserved.
     * @return the segment.
     * @throws MemoryFileException when the system refuses.
     */
    Segment promised(Path directory, String backend, long pageSize, long length) throws MemoryFileException;
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A file of memory without a name in any file system. Whoever receives it owns it and closes the descriptor; the backend
 * that made it may be gone by then.
 *
 * <p>{@code length} is address space. Only the first {@code reserved} bytes have memory behind them, or are promised to have it
 * when they are touched: the owner reserves more by {@code fallocate} on the descriptor before it lets anybody touch more.
 *
 * @param descriptor file descriptor in this process.
 * @param length     of the file in bytes, a multiple of the page size.
 * @param reserved   bytes from the start that have memory behind them or are promised it.
 * @param pageSize   granule of the memory in bytes.
 * @param backend    {@link StoreBackend#name()} of its maker.
 */
public record Segment(int descriptor, long length, long reserved, long pageSize, String backend) {

    /** Checks the ranges. */
    public Segment {
        requireNonNull(backend, "backend");
        if (descriptor < 0 || reserved < 0 || reserved > length || pageSize <= 0 || length % pageSize != 0) {
            throw new IllegalArgumentException("segment descriptor=" + descriptor + " length=" + length + " reserved="
                    + reserved + " pageSize=" + pageSize + " is not possible");
        }
    }

    /**
     * Where other processes of the same user open it while the owner lives.
     *
     * @param pid of the owner.
     * @return a path below {@code /proc}.
     */
    public Path path(long pid) {
        return Path.of("/proc/" + pid + "/fd/" + descriptor);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.thornback.api.store.Segment;
import org.thornback.layout.StoreProtocol;

/**
 * A segment the store has adopted: its file, where it is mapped here, what of it is free, and how much has memory behind it.
 * Owned by the conductor, except that the mapped memory may be read and written by whoever was given a part of it.
 */
final class StoreSegment {
    /** Every object begins at a multiple of this. */
    static final int ALIGNMENT = 64;

    private final int number;
    private final Segment file;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final FreeSpace space;
    private final long length;
    private long reserved;

    StoreSegment(int number, Segment file) throws IOException {
        this.number = number;
        this.file = file;
        memory = SharedRegion.map(file.descriptor(), file.length(), arena);
        length = file.length() / ALIGNMENT * ALIGNMENT;
        space = new FreeSpace(length);
        reserved = file.reserved();
    }

    /** Bytes an object takes: data, metadata right after them, and what alignment costs. */
    static long blockLength(long dataSize, int metadataSize) {
        long length = Math.max(1, Math.addExact(dataSize, metadataSize));
        return Math.addExact(length, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    int number() {
        return number;
    }

    Segment file() {
        return file;
    }

    MemorySegment memory() {
        return memory;
    }

    FreeSpace space() {
        return space;
    }

    /** Whether no block of it is given out. */
    boolean isEmpty() {
        return space.available() == length;
    }

    /** Bytes in blocks that are given out. */
    long taken() {
        return length - space.available();
    }

    /** Bytes from the start that have memory behind them. */
    long reserved() {
        return reserved;
    }

    void reservedUpTo(long end) {
        reserved = Math.max(reserved, end);
    }

    /** The end of a part, or the start of the next one, on the granule of the memory. */
    long roundUp(long end) {
        return Math.min(file.length(), (end + file.pageSize() - 1) / file.pageSize() * file.pageSize());
    }

    /** Data and metadata. */
    MemorySegment bytes(StoredObject object) {
        return memory.asSlice(object.offset, object.dataSize + object.metadataSize);
    }

    MemorySegment data(StoredObject object) {
        return memory.asSlice(object.offset, object.dataSize);
    }

    MemorySegment metadata(StoredObject object) {
        return memory.asSlice(object.offset + object.dataSize, object.metadataSize);
    }

    /** Copies a put out of a ring: data and metadata lie one after the other there, too. */
    void fill(StoredObject object, MemorySegment ring, long index) {
        MemorySegment.copy(
                ring,
                index + StoreProtocol.CREATE_LENGTH,
                memory,
                object.offset,
                object.dataSize + object.metadataSize);
    }

    /** Whether its descriptor can still be given to clients. */
    boolean isOpen() {
        return arena.scope().isAlive();
    }

    /**
     * Gives all memory back, unmaps and closes it here. Clients that have mapped it keep nothing but addresses, which nobody
     * looks at: no object is there any more.
     */
    void giveBack() {
        Linux.attempt(Linux.FTRUNCATE, file.descriptor(), 0, 0, 0, 0);
        close();
    }

    /** Unmaps and closes it here; clients that mapped it keep what they have. */
    void close() {
        arena.close();
        Linux.close(file.descriptor());
    }
}

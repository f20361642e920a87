// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.BitSet;
import org.thornback.api.ThornbackException;
import org.thornback.api.ThornbackException.Category;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.WorkerFiles;
import org.thornback.ray.runtime.internal.owner.StartedCall;

/**
 * Tells the callers of a dead worker which of their calls it had started: a small mapped file beside the worker's socket.
 *
 * <pre>
 *   0      28     32             40        48        64
 *  +------+------+--------------+---------+---------+
 *  | caller id   | pad | int64 last started call id | int64 nanoTime of that | pad      a slot for each connection, 64 of them
 *  +------+------+--------------+---------+---------+
 *  | int32 1 if a connection ever came without a slot | pad     behind the last slot
 *  +------+------+--------------+---------+
 * </pre>
 *
 * <p>Calls of one connection start in the order of their ids, so one number says it all; its upper half is the number of the
 * connection, see {@link #connectionOf}. Written by the worker's threads, each slot in order; read by a caller at any time, also after the
 * worker's death, and removed by the node a while later.
 */
final class StartedPage implements AutoCloseable {
    private static final int SLOT_LENGTH = 64;
    private static final int SLOTS = 64;
    private static final int CALLER_LENGTH = 28;
    private static final int STARTED_OFFSET = 32;
    private static final int SINCE_OFFSET = 40;
    private static final int OVERFLOW_OFFSET = SLOTS * SLOT_LENGTH;
    private static final int LENGTH = OVERFLOW_OFFSET + SLOT_LENGTH;

    private final Arena arena;
    private final SegmentBuffer page;
    private final BitSet used = new BitSet(SLOTS);

    private StartedPage(Arena arena, MemorySegment segment) {
        this.arena = arena;
        this.page = new SegmentBuffer(segment);
    }

    static StartedPage create(Path socket) {
        Path file = WorkerFiles.startedPage(socket);
        Arena arena = Arena.ofShared();
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                return new StartedPage(arena, channel.map(MapMode.READ_WRITE, 0, LENGTH, arena));
            }
        } catch (IOException e) {
            arena.close();
            throw new ThornbackException(Category.FATAL, "cannot create file=" + file + ": " + e.getMessage(), e);
        }
    }

    /** The number of the connection a call came on. */
    static int connectionOf(long callId) {
        return (int) (callId >>> Integer.SIZE);
    }

    /** Takes a slot for a connection; -1 when there are too many: what has no slot then counts as started. */
    synchronized int open(byte[] callerId) {
        int slot = used.nextClearBit(0);
        if (slot >= SLOTS) {
            page.putIntVolatile(OVERFLOW_OFFSET, 1);
            return -1;
        }
        used.set(slot);
        page.putLongVolatile(slot * SLOT_LENGTH + STARTED_OFFSET, 0);
        page.putBytes(slot * SLOT_LENGTH, callerId);
        return slot;
    }

    /** A connection ended: its slot may be taken by another, and tells of this one until then. */
    synchronized void close(int slot) {
        if (slot >= 0) {
            used.clear(slot);
        }
    }

    /** A call starts; whoever reads both numbers while the next one starts may see the time of that. */
    void started(int slot, long callId, long now) {
        if (slot >= 0) {
            page.putLong(slot * SLOT_LENGTH + SINCE_OFFSET, now);
            page.putLongOrdered(slot * SLOT_LENGTH + STARTED_OFFSET, callId);
        }
    }

    /**
     * Reads the page of a worker, dead or alive.
     *
     * @param socket     of the worker.
     * @param callerId   28 bytes.
     * @param connection number of the caller's connection.
     * @return the one with the highest id.
     */
    static StartedCall lastStarted(Path socket, byte[] callerId, int connection) {
        try {
            byte[] bytes = Files.readAllBytes(WorkerFiles.startedPage(socket));
            return bytes.length == LENGTH
                    ? lastStarted(new SegmentBuffer(MemorySegment.ofArray(bytes)), callerId, connection)
                    : StartedCall.UNKNOWN;
        } catch (IOException e) {
            return StartedCall.UNKNOWN; // the page is gone: nothing may be repeated
        }
    }

    private static StartedCall lastStarted(SegmentBuffer page, byte[] callerId, int connection) {
        byte[] caller = new byte[CALLER_LENGTH];
        for (int offset = 0; offset < OVERFLOW_OFFSET; offset += SLOT_LENGTH) {
            page.getBytes(offset, caller);
            long started = page.getLong(offset + STARTED_OFFSET);
            if (connectionOf(started) == connection && Arrays.equals(caller, callerId)) {
                return new StartedCall(started, page.getLong(offset + SINCE_OFFSET));
            }
        }
        return page.getInt(OVERFLOW_OFFSET) == 0 ? StartedCall.NONE : StartedCall.UNKNOWN;
    }

    /** Unmaps the page; the file stays for those who ask after the worker's end. */
    @Override
    public void close() {
        arena.close();
    }
}

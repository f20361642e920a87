// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

/**
 * Tells the callers of a dead worker which of their calls it had started: a small mapped file beside the worker's socket.
 *
 * <pre>
 *   0      28     32             40        64
 *  +------+------+--------------+---------+   one slot for each caller, 64 of them
 *  | caller id   | pad | int64 last started call id | pad
 *  +------+------+--------------+---------+
 * </pre>
 *
 * <p>Calls of one caller start in the order of their ids, so one number says it all. Written by the worker's threads, each
 * slot in order; read by a caller after the worker's death.
 */
final class StartedPage implements AutoCloseable {
    private static final int SLOT_LENGTH = 64;
    private static final int SLOTS = 64;
    private static final int CALLER_LENGTH = 28;
    private static final int STARTED_OFFSET = 32;
    private static final int LENGTH = SLOTS * SLOT_LENGTH;

    private final Path file;
    private final Arena arena;
    private final SegmentBuffer page;
    private final BitSet used = new BitSet(SLOTS);

    private StartedPage(Path file, Arena arena, MemorySegment segment) {
        this.file = file;
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
                return new StartedPage(file, arena, channel.map(MapMode.READ_WRITE, 0, LENGTH, arena));
            }
        } catch (IOException e) {
            arena.close();
            throw new ThornbackException(Category.FATAL, "cannot create file=" + file + ": " + e.getMessage(), e);
        }
    }

    /** Takes a slot for a caller; -1 when there are too many callers, whose calls then all count as started. */
    synchronized int open(byte[] callerId) {
        int slot = used.nextClearBit(0);
        if (slot >= SLOTS) {
            return -1;
        }
        used.set(slot);
        page.putLongVolatile(slot * SLOT_LENGTH + STARTED_OFFSET, 0);
        page.putBytes(slot * SLOT_LENGTH, callerId);
        return slot;
    }

    synchronized void close(int slot) {
        if (slot >= 0) {
            page.putBytes(slot * SLOT_LENGTH, new byte[CALLER_LENGTH]);
            used.clear(slot);
        }
    }

    /** A call starts. */
    void started(int slot, long callId) {
        if (slot >= 0) {
            page.putLongOrdered(slot * SLOT_LENGTH + STARTED_OFFSET, callId);
        }
    }

    /**
     * Reads the page of a dead worker.
     *
     * @return the highest call id of the caller that was started; {@link Long#MAX_VALUE} when nothing is known.
     */
    static long lastStarted(Path socket, byte[] callerId) {
        try {
            byte[] bytes = Files.readAllBytes(WorkerFiles.startedPage(socket));
            MemorySegment segment = MemorySegment.ofArray(bytes);
            for (int slot = 0; slot * SLOT_LENGTH + SLOT_LENGTH <= bytes.length; slot++) {
                int offset = slot * SLOT_LENGTH;
                if (Arrays.equals(bytes, offset, offset + CALLER_LENGTH, callerId, 0, CALLER_LENGTH)) {
                    return segment.get(ValueLayout.JAVA_LONG_UNALIGNED, offset + STARTED_OFFSET);
                }
            }
        } catch (IOException e) {
            return Long.MAX_VALUE; // the page went with its worker: nothing may be repeated
        }
        return Long.MAX_VALUE;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ThornbackException(Category.FATAL, "cannot remove file=" + file + ": " + e.getMessage(), e);
        } finally {
            arena.close();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.plasma;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.thornback.api.store.StoreGoneException;
import org.thornback.layout.IndexDescriptor;
import org.thornback.layout.IndexReader;
import org.thornback.layout.SegmentEntryFlyweight;

/**
 * Maps the store's memory through {@code /proc}: each segment as a whole, once, and views of single objects.
 *
 * <p>Safe from any thread. An interrupt closes the file that is being mapped, so mapping is repeated then and the interrupt is
 * kept for whoever waits next.
 */
final class SegmentMaps {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);
    private static final Set<OpenOption> WRITE = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final IndexReader index;
    private final long pid;
    private final AtomicReferenceArray<Mapped> mapped = new AtomicReferenceArray<>(IndexDescriptor.MAX_SEGMENTS);

    private record Mapped(int number, MemorySegment memory) {}

    SegmentMaps(IndexReader index, long pid) {
        this.index = requireNonNull(index, "index");
        this.pid = pid;
    }

    /** The whole of a segment, readable and writable; address space only until it is touched. */
    MemorySegment memory(int number) {
        int position = Integer.remainderUnsigned(number, IndexDescriptor.MAX_SEGMENTS);
        Mapped known = mapped.get(position);
        if (known != null && known.number == number) {
            return known.memory;
        }
        synchronized (mapped) {
            known = mapped.get(position);
            if (known == null || known.number != number) {
                SegmentEntryFlyweight entry = index.wrap(new SegmentEntryFlyweight(), number);
                try {
                    long length = entry.length();
                    known = new Mapped(
                            number, map(pid, entry.descriptor(), MapMode.READ_WRITE, 0, length, Arena.ofAuto()));
                } catch (IOException e) {
                    throw gone(number, e);
                }
                check(entry, number);
                mapped.set(position, known);
            }
            return known.memory;
        }
    }

    /** One object's bytes, read-only, in an arena of their own. Huge pages can be mapped only as a whole. */
    MemorySegment view(int number, long offset, long length, Arena arena) throws IOException {
        SegmentEntryFlyweight entry = index.wrap(new SegmentEntryFlyweight(), number);
        long page = entry.pageSize();
        long start = offset / page * page;
        long end = Math.min(entry.length(), (offset + length + page - 1) / page * page);
        MemorySegment pages = map(pid, entry.descriptor(), MapMode.READ_ONLY, start, end - start, arena);
        check(entry, number);
        return pages.asSlice(offset - start, length);
    }

    private static void check(SegmentEntryFlyweight entry, int number) {
        // INVARIANT: the store withdraws the entry before it closes the descriptor; still there means it was the right
        // file.
        if (entry.number() != number) {
            throw gone(number, null);
        }
    }

    private static StoreGoneException gone(int number, IOException cause) {
        return new StoreGoneException(
                "segment=" + number + " of the object store is gone, the store has stopped", cause);
    }

    static MemorySegment map(long pid, int descriptor, MapMode mode, long offset, long length, Arena arena)
            throws IOException {
        Path path = Path.of("/proc/" + pid + "/fd/" + descriptor);
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(path, mode == MapMode.READ_ONLY ? READ : WRITE)) {
                    return channel.map(mode, offset, length, arena);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.thornback.layout.SegmentBuffer;

/**
 * Anonymous memory shared with clients: the index, a pin page, a ring. Zeroed at first; pages nobody touched take no memory.
 * The arena it is mapped in says who may use it; closing it unmaps and closes the descriptor.
 */
final class SharedRegion implements AutoCloseable {
    private static final long MFD_CLOEXEC = 1;
    private final int descriptor;
    private final Arena arena;
    private final MemorySegment memory;

    private SharedRegion(int descriptor, Arena arena, MemorySegment memory) {
        this.descriptor = descriptor;
        this.arena = arena;
        this.memory = memory;
    }

    static SharedRegion create(String name, long length, Arena arena) throws IOException {
        int descriptor;
        try (Arena scratch = Arena.ofConfined()) {
            long text = scratch.allocateFrom(name).address();
            descriptor = (int) Linux.call("memfd_create", Linux.MEMFD_CREATE, text, MFD_CLOEXEC, 0, 0, 0);
        }
        try {
            Linux.call("ftruncate", Linux.FTRUNCATE, descriptor, length, 0, 0, 0);
            return new SharedRegion(descriptor, arena, map(descriptor, length, arena));
        } catch (IOException | RuntimeException e) {
            Linux.close(descriptor);
            throw e;
        }
    }

    /** Maps a file of this process by its descriptor. */
    static MemorySegment map(int descriptor, long length, Arena arena) throws IOException {
        Path path = Path.of("/proc/self/fd/" + descriptor);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(MapMode.READ_WRITE, 0, length, arena);
        }
    }

    int descriptor() {
        return descriptor;
    }

    MemorySegment memory() {
        return memory;
    }

    SegmentBuffer buffer() {
        return new SegmentBuffer(memory);
    }

    @Override
    public void close() {
        arena.close();
        Linux.close(descriptor);
    }
}

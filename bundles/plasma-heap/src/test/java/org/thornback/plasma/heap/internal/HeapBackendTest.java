// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.heap.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thornback.api.InvalidInputException;
import org.thornback.api.store.MemoryFileException;
import org.thornback.api.store.MemoryFiles;
import org.thornback.api.store.Segment;
import org.thornback.api.store.StoreCapacityException;

class HeapBackendTest {
    private static final long MIB = 1 << 20;

    private final Files files = new Files();
    private final HeapBackend backend = new HeapBackend(files);

    /** Takes note of what it is asked for. */
    private static final class Files implements MemoryFiles {
        private MemoryFileException failure;

        @Override
        public Segment anonymous(String name, long length, long reserve) throws MemoryFileException {
            if (failure != null) {
                throw failure;
            }
            return new Segment(7, length, reserve, 4096, name);
        }

        @Override
        public Segment nameless(Path directory, String name, long pageSize, long length, long reserve) {
            throw new AssertionError("the heap has no directory");
        }

        @Override
        public Segment promised(Path directory, String name, long pageSize, long length) {
            throw new AssertionError("the heap has no huge pages");
        }
    }

    @Test
    void shouldTakeAllItMayGiveAtOnce() {
        Segment segment = backend.allocate(8 * MIB, MIB);
        assertThat(segment.length()).isEqualTo(8 * MIB);
        assertThat(segment.reserved()).as("bytes taken at once").isEqualTo(8 * MIB);
    }

    @Test
    void shouldRefuseMoreThanTheJavaHeapMayHave() {
        long most = Runtime.getRuntime().maxMemory();
        assertThat(backend.allocate(most, 0).length()).isEqualTo(most);
        assertThatThrownBy(() -> backend.allocate(most + 1, 0))
                .isInstanceOf(StoreCapacityException.class)
                .hasMessage("object-store-memory=" + (most + 1) + " bytes are too much for backend heap (the heap of"
                        + " this process has at most " + most
                        + " bytes): choose a smaller object-store-memory or another backend.");
    }

    @Test
    void shouldSayThatTheMachineHasNotThatMuchLeft() {
        files.failure = new MemoryFileException("no space left", true);
        assertThatThrownBy(() -> backend.allocate(MIB, MIB))
                .isInstanceOf(StoreCapacityException.class)
                .hasMessageStartingWith(
                        "object-store-memory=1048576 bytes are too much for backend heap (no space left)");
    }

    @Test
    void shouldTakeNoDirectory() {
        assertThat(backend.in(Optional.empty())).isSameAs(backend);
        assertThatThrownBy(() -> backend.in(Optional.of(Path.of("/dev/shm"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("leave plasma-directory=/dev/shm out");
    }
}

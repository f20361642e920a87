// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Buffers and memory segments: read where they lie, valid as long as somebody can reach them. */
final class BufferChecks {
    private static final int SIZE = 4 << 20;

    private BufferChecks() {}

    static ByteBuffer buffer(int size, int first) {
        return ByteBuffer.allocate(size).putInt(0, first);
    }

    static long first(ByteBuffer buffer) {
        return buffer.getInt(buffer.position());
    }

    static int segmentFirst(MemorySegment segment) {
        return segment.get(ValueLayout.JAVA_INT_UNALIGNED, 0);
    }

    @Check
    static void shouldLieInSharedMemoryWhenALargeBufferIsGot() {
        ByteBuffer buffer = Ray.task(BufferChecks::buffer, SIZE, 77).remote().get();

        assertThat(buffer.isDirect()).isTrue();
        assertThat(buffer.remaining()).isEqualTo(SIZE);
        assertThat(buffer.getInt(0)).isEqualTo(77);
        assertThat(Ray.task(BufferChecks::first, buffer(SIZE, 5)).remote().get())
                .isEqualTo(5);
    }

    @Check
    static void shouldLieInSharedMemoryWhenALargeSegmentIsGot() {
        MemorySegment heap = MemorySegment.ofArray(new int[SIZE / 4]);
        heap.set(ValueLayout.JAVA_INT_UNALIGNED, 0, 78);

        MemorySegment segment = Ray.put(heap).get();

        assertThat(segment.isNative()).isTrue();
        assertThat(segment.byteSize()).isEqualTo(SIZE);
        assertThat(segment.get(ValueLayout.JAVA_INT_UNALIGNED, 0)).isEqualTo(78);
        assertThat(Ray.task(BufferChecks::segmentFirst, heap).remote().get()).isEqualTo(78);
    }

    @Check
    static void shouldCarryTheRemainingBytesWhenABufferHasAPosition() {
        ByteBuffer small = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(1).limit(3);

        ByteBuffer back = Ray.put(small).get();

        assertThat(back.remaining()).isEqualTo(2);
        assertThat(back.get(back.position())).isEqualTo((byte) 2);
        assertThat(small.position()).isEqualTo(1);
    }

    @Check
    static void shouldKeepTheirBytesWhenTheRefIsDroppedAndTheStoreFills() {
        var kept = new ArrayList<ByteBuffer>();
        for (int i = 0; i < 4; i++) {
            ObjectRef<ByteBuffer> ref = Ray.put(buffer(SIZE, i));
            kept.add(ref.get().slice());
        }
        for (int i = 0; i < 3 * ReferenceChecks.STORE_BYTES / SIZE; i++) {
            Ray.put(new byte[SIZE]);
        }

        assertThat(kept.stream().map(buffer -> buffer.getInt(0)).toList()).isEqualTo(List.of(0, 1, 2, 3));
    }
}

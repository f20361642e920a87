// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.thornback.layout.SegmentBuffer;

class GrowingBufferTest {
    private static final int INITIAL = 32 << 10;

    private final GrowingBuffer buffer = new GrowingBuffer();
    private int written;

    /** Bytes that tell where in the stream they belong. */
    private void append(int length) {
        buffer.reserve(length);
        for (int i = 0; i < length; i++) {
            buffer.view().putByte(buffer.end() + i, (byte) (written * 31));
            written++;
        }
        buffer.advanceEnd(length);
    }

    @Test
    void shouldHoldAnyLengthAndKeepWhatItHolds() {
        append(10);
        append(INITIAL);
        append(5 * INITIAL);

        assertThat(buffer.length()).isEqualTo(10 + 6 * INITIAL);
        ByteBuffer content = buffer.content();
        for (int i = 0; i < written; i++) {
            assertThat(content.get()).as("byte %d", i).isEqualTo((byte) (i * 31));
        }
    }

    @Test
    void shouldUseTheSameMemoryAsLongAsHalfOfItIsFree() {
        SegmentBuffer memory = buffer.view();
        for (int i = 0; i < 1_000; i++) {
            append(INITIAL / 2);
            buffer.advanceStart(INITIAL / 3);
            append(INITIAL * 5 / 8); // more than is left behind what is there
            buffer.advanceStart(buffer.length());
        }

        assertThat(buffer.view()).isSameAs(memory);
    }

    @Test
    void shouldGiveMuchMemoryBackWhenItIsEmpty() {
        append(1 << 20);
        SegmentBuffer large = buffer.view();

        buffer.advanceStart(1 << 20);

        assertThat(buffer.view()).isNotSameAs(large);
        assertThat(buffer.room().remaining()).isEqualTo(INITIAL);
        append(4 * INITIAL);
        SegmentBuffer kept = buffer.view();
        buffer.advanceStart(4 * INITIAL);
        assertThat(buffer.view()).as("a little is kept").isSameAs(kept);
    }

    @Test
    void shouldDeliverWhatWasWrittenInItsOrderHoweverItIsReadAndWritten() {
        Random random = new Random(5);
        Deque<Byte> expected = new ArrayDeque<>();
        int total = 0;
        for (int step = 0; step < 2_000; step++) {
            if (random.nextBoolean()) {
                int length = random.nextInt(1, 4_000);
                for (int i = 0; i < length; i++) {
                    expected.add((byte) ((written + i) * 31));
                }
                append(length);
            } else if (buffer.length() > 0) {
                int length = random.nextInt(1, buffer.length() + 1);
                for (int i = 0; i < length; i++) {
                    byte next = buffer.view().getByte(buffer.start() + i);
                    if (next != expected.remove()) {
                        throw new AssertionError("byte=" + (total + i) + " is wrong at step=" + step);
                    }
                }
                buffer.advanceStart(length);
                total += length;
            }
            assertThat(buffer.length()).isEqualTo(expected.size());
        }
        assertThat(total).isGreaterThan(1_000_000);
    }
}

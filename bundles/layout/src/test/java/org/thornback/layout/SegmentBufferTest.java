// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SegmentBufferTest {

    static Stream<SegmentBuffer> buffers() {
        SegmentBuffer overArray = new SegmentBuffer();
        overArray.wrap(new byte[100], 9, 64);
        SegmentBuffer overByteBuffer = new SegmentBuffer();
        overByteBuffer.wrap(ByteBuffer.allocateDirect(100), 16, 64);
        SegmentBuffer part = new SegmentBuffer();
        part.wrap(SegmentBuffer.allocate(200), 72, 64);
        return Stream.of(
                SegmentBuffer.allocate(64),
                new SegmentBuffer(Arena.ofAuto().allocate(64, 8)),
                new SegmentBuffer(Arena.ofAuto().allocate(256, 8), 128, 64),
                overArray,
                overByteBuffer,
                part);
    }

    static Stream<SegmentBuffer> alignedBuffers() {
        return buffers().filter(buffer -> buffer.byteArray() == null);
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void shouldReadBackEveryKindOfValueInLittleEndian(SegmentBuffer buffer) {
        buffer.putLong(1, 0x0102030405060708L);
        assertThat(buffer.getByte(1)).isEqualTo((byte) 8);
        assertThat(buffer.getLong(1)).isEqualTo(0x0102030405060708L);
        assertThat(buffer.getLong(1, ByteOrder.BIG_ENDIAN)).isEqualTo(0x0807060504030201L);
        buffer.putInt(60, -2, ByteOrder.BIG_ENDIAN);
        assertThat(buffer.getByte(63)).isEqualTo((byte) -2);
        assertThat(buffer.getInt(60, ByteOrder.BIG_ENDIAN)).isEqualTo(-2);
        buffer.putShort(11, (short) -3);
        buffer.putChar(13, 'ü');
        buffer.putDouble(17, Math.PI);
        buffer.putFloat(25, 1.5f, ByteOrder.BIG_ENDIAN);
        buffer.putByte(29, (byte) 7);
        assertThat(buffer.getShort(11)).isEqualTo((short) -3);
        assertThat(buffer.getChar(13)).isEqualTo('ü');
        assertThat(buffer.getDouble(17)).isEqualTo(Math.PI);
        assertThat(buffer.getFloat(25, ByteOrder.BIG_ENDIAN)).isEqualTo(1.5f);
        assertThat(buffer.getByte(29)).isEqualTo((byte) 7);
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void shouldRefuseAccessOutsideTheWrappedPart(SegmentBuffer buffer) {
        assertThat(buffer.capacity()).isEqualTo(64);
        assertThatThrownBy(() -> buffer.getLong(57)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> buffer.putInt(-1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> buffer.putBytes(60, new byte[5])).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> buffer.setMemory(0, 65, (byte) 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> buffer.checkLimit(65)).isInstanceOf(IndexOutOfBoundsException.class);
        buffer.checkLimit(64);
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void shouldCopyBytesFromAndToEveryKindOfMemory(SegmentBuffer buffer) {
        byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        buffer.setMemory(0, 64, (byte) 0);
        buffer.putBytes(3, bytes, 1, 4);
        buffer.putBytes(7, ByteBuffer.wrap(bytes).position(5), 2);
        buffer.putBytes(9, SegmentBuffer.allocate(8), 0, 1);
        buffer.putBytes(10, MemorySegment.ofArray(bytes), 8, 1);
        byte[] read = new byte[9];
        buffer.getBytes(2, read);
        assertThat(read).containsExactly(0, 2, 3, 4, 5, 6, 7, 0, 9);
        ByteBuffer target = ByteBuffer.allocate(4).position(1);
        buffer.getBytes(3, target, 3);
        assertThat(target.array()).containsExactly(0, 2, 3, 4);
        assertThat(target.position()).isEqualTo(4);
        SegmentBuffer other = SegmentBuffer.allocate(16);
        buffer.getBytes(3, other, 2, 6);
        assertThat(other.getLong(2) & 0xffffffffffffL).isEqualTo(0x070605040302L);
        assertThat(buffer.segment().byteSize()).isEqualTo(64);
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void shouldReadBackTextAndNumbersInText(SegmentBuffer buffer) {
        assertThat(buffer.putStringUtf8(0, "Grüße")).isEqualTo(11);
        assertThat(buffer.getStringUtf8(0)).isEqualTo("Grüße");
        assertThat(buffer.putStringAscii(16, "a€b")).isEqualTo(7);
        assertThat(buffer.getStringAscii(16)).isEqualTo("a?b");
        StringBuilder text = new StringBuilder();
        assertThat(buffer.getStringAscii(16, text)).isEqualTo(3);
        assertThat(text).hasToString("a?b");
        assertThat(buffer.putStringWithoutLengthAscii(30, "hello", 1, 9)).isEqualTo(4);
        assertThat(buffer.getStringWithoutLengthAscii(30, 4)).isEqualTo("ello");
        int length = buffer.putLongAscii(40, -1234);
        assertThat(buffer.parseLongAscii(40, length)).isEqualTo(-1234);
        assertThatThrownBy(() -> buffer.parseNaturalIntAscii(40, length)).isInstanceOf(NumberFormatException.class);
        buffer.putNaturalPaddedIntAscii(50, 5, 42);
        assertThat(buffer.getStringWithoutLengthAscii(50, 5)).isEqualTo("00042");
        assertThat(buffer.putNaturalIntAsciiFromEnd(17, 60)).isEqualTo(58);
    }

    @ParameterizedTest
    @MethodSource("alignedBuffers")
    void shouldChangeValuesAtomicallyWhenAligned(SegmentBuffer buffer) {
        buffer.verifyAlignment();
        buffer.putLongVolatile(8, 5);
        assertThat(buffer.compareAndSetLong(8, 4, 9)).isFalse();
        assertThat(buffer.compareAndSetLong(8, 5, 9)).isTrue();
        assertThat(buffer.getAndAddLong(8, 2)).isEqualTo(9);
        assertThat(buffer.addLongRelease(8, 1)).isEqualTo(11);
        assertThat(buffer.compareAndExchangeLong(8, 12, 20)).isEqualTo(12);
        assertThat(buffer.getAndSetLong(8, 1)).isEqualTo(20);
        assertThat(buffer.getLongAcquire(8)).isEqualTo(1);
        buffer.putIntOrdered(4, 3);
        assertThat(buffer.getAndAddInt(4, 4)).isEqualTo(3);
        assertThat(buffer.compareAndSetInt(4, 7, 8)).isTrue();
        assertThat(buffer.getIntVolatile(4)).isEqualTo(8);
        buffer.putByteVolatile(1, (byte) -1);
        buffer.putCharVolatile(2, 'x');
        assertThat(buffer.getByteVolatile(1)).isEqualTo((byte) -1);
        assertThat(buffer.getCharVolatile(2)).isEqualTo('x');
        assertThatThrownBy(() -> buffer.getLongVolatile(4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseAtomicAccessToAByteArray() {
        SegmentBuffer buffer = new SegmentBuffer();
        buffer.wrap(new byte[64]);
        assertThatThrownBy(buffer::verifyAlignment).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> buffer.getLongVolatile(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> buffer.wrap(4096L, 8)).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @MethodSource("alignedBuffers")
    void shouldShowOneBufferThroughAnother(SegmentBuffer buffer) {
        SegmentBuffer view = new SegmentBuffer();
        view.wrap(buffer, 8, 16);
        view.putLong(0, 77);
        assertThat(buffer.getLong(8)).isEqualTo(77);
        assertThatThrownBy(() -> view.getLong(9)).isInstanceOf(IndexOutOfBoundsException.class);
        SegmentBuffer same = SegmentBuffer.allocate(16);
        same.putLong(0, 77);
        same.putLong(8, view.getLong(8));
        assertThat(view).isEqualTo(same).hasSameHashCodeAs(same);
        same.putByte(15, (byte) (view.getByte(15) + 1));
        assertThat(view).isNotEqualTo(same).isLessThan(same);
    }

    @Test
    void shouldCarryAgronasRingBuffers() {
        int length = (1 << 12) + RingBufferDescriptor.TRAILER_LENGTH;
        for (RingBuffer ring : List.of(
                new OneToOneRingBuffer(SegmentBuffer.allocate(length)),
                new ManyToOneRingBuffer(new SegmentBuffer(Arena.ofAuto().allocate(length, 8))))) {
            List<Long> received = new ArrayList<>();
            for (long value = 0; value < 1000; value++) {
                int index = ring.tryClaim(3, Long.BYTES);
                assertThat(index).isPositive();
                ring.buffer().putLong(index, value);
                ring.commit(index);
                if (value % 10 == 9) {
                    while (ring.read((type, buffer, offset, size) -> received.add(buffer.getLong(offset))) > 0) {
                        assertThat(received).isNotEmpty();
                    }
                }
            }
            assertThat(received).hasSize(1000).isSorted().doesNotHaveDuplicates();
        }
    }
}

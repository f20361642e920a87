// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ray.api.exception.RayTaskException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thornback.ray.runtime.internal.fake.RuntimeParts;
import org.thornback.ray.runtime.internal.object.RayObject;

class ValueCodecTest {
    private final RuntimeParts parts = new RuntimeParts();
    private final ValueCodec codec = parts.codec();

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(ValueTag.NULL, null),
                Arguments.of(ValueTag.BYTES, new byte[] {1, -1, 0}),
                Arguments.of(ValueTag.BYTES, new byte[0]),
                Arguments.of(ValueTag.BOOLEAN, true),
                Arguments.of(ValueTag.BOOLEAN, false),
                Arguments.of(ValueTag.BYTE, Byte.MIN_VALUE),
                Arguments.of(ValueTag.SHORT, Short.MIN_VALUE),
                Arguments.of(ValueTag.CHARACTER, '\uD800'),
                Arguments.of(ValueTag.INTEGER, Integer.MIN_VALUE),
                Arguments.of(ValueTag.LONG, Long.MIN_VALUE),
                Arguments.of(ValueTag.FLOAT, Float.NaN),
                Arguments.of(ValueTag.FLOAT, -0.0f),
                Arguments.of(ValueTag.DOUBLE, Double.NEGATIVE_INFINITY),
                Arguments.of(ValueTag.STRING, ""),
                Arguments.of(ValueTag.STRING, "grüße, 世界, \uD83D\uDE80"),
                Arguments.of(ValueTag.STRING_UTF16, "unpaired \uD83D and \uDE80 apart"),
                Arguments.of(ValueTag.STRING_UTF16, "\uDC00\uD800"),
                Arguments.of(ValueTag.BOOLEAN_ARRAY, new boolean[] {true, false, true}),
                Arguments.of(ValueTag.SHORT_ARRAY, new short[] {1, -2}),
                Arguments.of(ValueTag.CHAR_ARRAY, new char[] {'a', '\uD800', '\uFFFF'}),
                Arguments.of(ValueTag.INT_ARRAY, new int[] {1, -2, 3}),
                Arguments.of(ValueTag.LONG_ARRAY, new long[] {Long.MAX_VALUE}),
                Arguments.of(ValueTag.FLOAT_ARRAY, new float[] {1.5f, Float.MIN_VALUE}),
                Arguments.of(ValueTag.DOUBLE_ARRAY, new double[0]),
                Arguments.of(ValueTag.BYTE_BUFFER, ByteBuffer.wrap(new byte[] {1, 2, 3})),
                Arguments.of(ValueTag.SERIALIZED, Map.of("key", List.of(1, "two", BigInteger.TEN))),
                Arguments.of(ValueTag.SERIALIZED, new String[][] {{"a"}, {}, {null}}),
                Arguments.of(ValueTag.SERIALIZED, int.class));
    }

    @ParameterizedTest
    @MethodSource("values")
    void shouldReadBackWhatItWrote(ValueTag tag, Object value) {
        EncodedValue encoded = codec.encode(value);

        assertThat(encoded.tag()).isEqualTo(tag);
        assertThat(codec.decode(tag, elsewhere(encoded))).isEqualTo(value);
    }

    @Test
    void shouldHaveATestForEveryKindOfValue() {
        Set<ValueTag> tested = EnumSet.of(ValueTag.MEMORY_SEGMENT, ValueTag.ERROR, ValueTag.ERROR_TEXT);
        tested.add(ValueTag.ACTOR_ERROR); // written by the raylet's clients as ERROR is
        values().forEach(arguments -> tested.add((ValueTag) arguments.get()[0]));

        assertThat(tested).isEqualTo(EnumSet.allOf(ValueTag.class));
    }

    @Test
    void shouldNeverGiveATagAnotherNumber() {
        assertThat(Arrays.stream(ValueTag.values()).map(tag -> (int) tag.metadata()[0] + " " + tag))
                .containsExactly(
                        "0 BYTES",
                        "1 NULL",
                        "2 BOOLEAN",
                        "3 BYTE",
                        "4 SHORT",
                        "5 CHARACTER",
                        "6 INTEGER",
                        "7 LONG",
                        "8 FLOAT",
                        "9 DOUBLE",
                        "10 STRING",
                        "11 BOOLEAN_ARRAY",
                        "12 SHORT_ARRAY",
                        "13 CHAR_ARRAY",
                        "14 INT_ARRAY",
                        "15 LONG_ARRAY",
                        "16 FLOAT_ARRAY",
                        "17 DOUBLE_ARRAY",
                        "18 BYTE_BUFFER",
                        "19 MEMORY_SEGMENT",
                        "20 SERIALIZED",
                        "21 ERROR",
                        "22 ERROR_TEXT",
                        "23 ACTOR_ERROR",
                        "24 STRING_UTF16");
        assertThatThrownBy(() -> ValueTag.of(25)).hasMessageContaining("tag=25");
        assertThatThrownBy(() -> ValueTag.of(-1)).hasMessageContaining("tag=-1");
    }

    @Test
    void shouldWriteNumbersLittleEndian() {
        assertThat(bytes(codec.encode(0x01020304))).containsExactly(4, 3, 2, 1);
        assertThat(bytes(codec.encode(new short[] {0x0102, 0x0304}))).containsExactly(2, 1, 4, 3);
        assertThat(bytes(codec.encode('\u0102'))).containsExactly(2, 1);
    }

    @Test
    void shouldNotCopyTheUsersArrayToWriteIt() {
        byte[] users = {1, 2, 3};

        EncodedValue encoded = codec.encode(users);
        users[1] = 42;

        assertThat(bytes(encoded)).containsExactly(1, 42, 3);
    }

    @Test
    void shouldWriteOnlyWhatRemainsInABufferAndLeaveItAsItWas() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(8)
                .put(new byte[] {1, 2, 3, 4, 5})
                .flip()
                .position(1)
                .limit(4);

        assertThat(bytes(codec.encode(buffer))).containsExactly(2, 3, 4);
        assertThat(buffer.position()).isEqualTo(1);
    }

    @Test
    void shouldReadBuffersAndSegmentsReadOnlyAndAsViewsWhenTheMemoryStays() {
        byte[] memory = {1, 2, 3};
        MemorySegment body = MemorySegment.ofArray(memory);

        ByteBuffer buffer = (ByteBuffer) codec.decodeView(ValueTag.BYTE_BUFFER, body);
        MemorySegment view = (MemorySegment) codec.decodeView(ValueTag.MEMORY_SEGMENT, body);
        ByteBuffer copy = (ByteBuffer) codec.decode(ValueTag.BYTE_BUFFER, body);
        MemorySegment segmentCopy = (MemorySegment) codec.decode(ValueTag.MEMORY_SEGMENT, body);
        memory[0] = 42;

        assertThat(buffer.get(0)).isEqualTo((byte) 42);
        assertThat(view.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 42);
        assertThat(copy.get(0)).isEqualTo((byte) 1);
        assertThat(segmentCopy.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 1);
        assertThat(buffer.isReadOnly()).isTrue();
        assertThat(copy.isReadOnly()).isTrue();
        assertThat(view.isReadOnly()).isTrue();
        assertThat(segmentCopy.isReadOnly()).isTrue();
        assertThat(codec.encode(view).tag()).isEqualTo(ValueTag.MEMORY_SEGMENT);
    }

    @Test
    void shouldTellWhichReferencesLieInsideAValueAndReadThemAsTheSame() {
        RayObject<Object> first = parts.objects().expect(parts.ids().putId());
        RayObject<Object> second = parts.objects().expect(parts.ids().putId());
        first.share();
        List<Object> value = new ArrayList<>(List.of(first, Map.of("deep", List.of(second))));

        EncodedValue encoded = codec.encode(value);

        assertThat(encoded.refs()).containsExactlyInAnyOrder(first, second);
        List<?> read = (List<?>) codec.decode(encoded.tag(), elsewhere(encoded));
        assertThat(read.get(0)).as("known here, so the same object").isSameAs(first);
        assertThat(read).isEqualTo(value);
    }

    @Test
    void shouldCarryExceptionsWithTheirCause() {
        var error = new IllegalStateException("outer", new ArithmeticException("inner"));

        EncodedValue encoded = codec.encodeError(error);

        assertThat(encoded.tag().isError()).isTrue();
        assertThat((Throwable) codec.decode(encoded.tag(), elsewhere(encoded)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("outer")
                .cause()
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("inner");
    }

    @Test
    void shouldCarryTheTextOfAnExceptionThatCannotBeSerialized() {
        @SuppressWarnings("serial")
        class Unserializable extends RuntimeException {
            private final Object thread = Thread.currentThread();

            Unserializable() {
                super("holds a thread");
            }
        }

        EncodedValue encoded = codec.encodeError(new Unserializable());

        assertThat(encoded.tag()).isEqualTo(ValueTag.ERROR_TEXT);
        assertThat((Throwable) codec.decode(encoded.tag(), elsewhere(encoded)))
                .isInstanceOf(RayTaskException.class)
                .hasMessageContaining("Unserializable: holds a thread")
                .hasMessageContaining("shouldCarryTheTextOfAnException");
    }

    private static byte[] bytes(EncodedValue value) {
        return value.body().toArray(ValueLayout.JAVA_BYTE);
    }

    private static MemorySegment elsewhere(EncodedValue value) {
        return MemorySegment.ofArray(bytes(value));
    }
}

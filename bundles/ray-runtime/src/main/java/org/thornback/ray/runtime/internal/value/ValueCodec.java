// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.value;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Encodes and decodes values: a short tagged path for primitives, strings, arrays and buffers, Java serialization for the
 * rest. Immutable; safe from any thread.
 */
public final class ValueCodec {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfChar CHAR = ValueLayout.JAVA_CHAR_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final byte[] EMPTY = {};

    private final ObjectSerializer serializer;

    /**
     * Creates the codec.
     *
     * @param serializer for values without a tag of their own.
     */
    public ValueCodec(ObjectSerializer serializer) {
        this.serializer = requireNonNull(serializer, "serializer");
    }

    /**
     * Turns a value into bytes.
     *
     * @param value anything, null included.
     * @return its bytes, possibly the memory of {@code value} itself.
     */
    public EncodedValue encode(Object value) {
        return switch (value) {
            case null -> EncodedValue.of(ValueTag.NULL, EMPTY);
            case byte[] bytes -> EncodedValue.of(ValueTag.BYTES, bytes);
            case Integer number -> {
                byte[] body = new byte[Integer.BYTES];
                MemorySegment.ofArray(body).set(INT, 0, number);
                yield EncodedValue.of(ValueTag.INTEGER, body);
            }
            case Long number -> {
                byte[] body = new byte[Long.BYTES];
                MemorySegment.ofArray(body).set(LONG, 0, number);
                yield EncodedValue.of(ValueTag.LONG, body);
            }
            case Double number -> {
                byte[] body = new byte[Double.BYTES];
                MemorySegment.ofArray(body).set(DOUBLE, 0, number);
                yield EncodedValue.of(ValueTag.DOUBLE, body);
            }
            case String text -> encodeText(text);
            case Boolean flag -> EncodedValue.of(ValueTag.BOOLEAN, new byte[] {(byte) (flag ? 1 : 0)});
            case ByteBuffer buffer -> EncodedValue.of(ValueTag.BYTE_BUFFER, MemorySegment.ofBuffer(buffer));
            case MemorySegment segment -> EncodedValue.of(ValueTag.MEMORY_SEGMENT, segment);
            default -> encodeRare(value);
        };
    }

    /**
     * Turns a throwable into bytes that get will throw.
     *
     * @param error to be thrown on the other side.
     * @return its bytes; its text when it cannot be serialized.
     */
    public EncodedValue encodeError(Throwable error) {
        try {
            return serializer.write(ValueTag.ERROR, error);
        } catch (ValueFormatException e) {
            return EncodedValue.of(ValueTag.ERROR_TEXT, ErrorText.of(error).getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Reads a value from memory that stays as it is only during the call.
     *
     * @param tag  from the metadata.
     * @param body its bytes.
     * @return the value, owning its memory; a {@link Throwable} for an error tag.
     */
    public Object decode(ValueTag tag, MemorySegment body) {
        return switch (tag) {
            case BYTES -> body.toArray(ValueLayout.JAVA_BYTE);
            case NULL -> null;
            case BOOLEAN -> body.get(ValueLayout.JAVA_BYTE, 0) != 0;
            case BYTE -> body.get(ValueLayout.JAVA_BYTE, 0);
            case SHORT -> body.get(SHORT, 0);
            case CHARACTER -> body.get(CHAR, 0);
            case INTEGER -> body.get(INT, 0);
            case LONG -> body.get(LONG, 0);
            case FLOAT -> body.get(FLOAT, 0);
            case DOUBLE -> body.get(DOUBLE, 0);
            case STRING -> new String(body.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
            case STRING_UTF16 -> new String(body.toArray(CHAR));
            case BOOLEAN_ARRAY -> toBooleans(body);
            case SHORT_ARRAY -> body.toArray(SHORT);
            case CHAR_ARRAY -> body.toArray(CHAR);
            case INT_ARRAY -> body.toArray(INT);
            case LONG_ARRAY -> body.toArray(LONG);
            case FLOAT_ARRAY -> body.toArray(FLOAT);
            case DOUBLE_ARRAY -> body.toArray(DOUBLE);
            case BYTE_BUFFER ->
                ByteBuffer.wrap(body.toArray(ValueLayout.JAVA_BYTE)).asReadOnlyBuffer();
            case MEMORY_SEGMENT ->
                MemorySegment.ofArray(body.toArray(ValueLayout.JAVA_BYTE)).asReadOnly();
            case SERIALIZED, ERROR, ACTOR_ERROR -> serializer.read(body);
            case ERROR_TEXT ->
                ErrorText.toException(new String(body.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8));
        };
    }

    /**
     * Reads a value from memory that stays valid as long as anything made from {@code body} is reachable.
     *
     * @param tag  from the metadata.
     * @param body its bytes.
     * @return the value; buffers and segments are read-only views of {@code body}.
     */
    public Object decodeView(ValueTag tag, MemorySegment body) {
        return switch (tag) {
            case BYTE_BUFFER -> body.asByteBuffer().asReadOnlyBuffer();
            case MEMORY_SEGMENT -> body.asReadOnly();
            default -> decode(tag, body);
        };
    }

    /**
     * Tells whether {@link #decodeView} would give a view.
     *
     * @param tag from the metadata.
     * @return true for buffers and segments.
     */
    public static boolean isView(ValueTag tag) {
        return tag == ValueTag.BYTE_BUFFER || tag == ValueTag.MEMORY_SEGMENT;
    }

    private EncodedValue encodeRare(Object value) {
        return switch (value) {
            case Byte number -> EncodedValue.of(ValueTag.BYTE, new byte[] {number});
            case Short number -> {
                MemorySegment body = MemorySegment.ofArray(new byte[Short.BYTES]);
                body.set(SHORT, 0, number);
                yield EncodedValue.of(ValueTag.SHORT, body);
            }
            case Character letter -> {
                MemorySegment body = MemorySegment.ofArray(new byte[Character.BYTES]);
                body.set(CHAR, 0, letter);
                yield EncodedValue.of(ValueTag.CHARACTER, body);
            }
            case Float number -> {
                MemorySegment body = MemorySegment.ofArray(new byte[Float.BYTES]);
                body.set(FLOAT, 0, number);
                yield EncodedValue.of(ValueTag.FLOAT, body);
            }
            case boolean[] flags -> EncodedValue.of(ValueTag.BOOLEAN_ARRAY, toBytes(flags));
            case short[] array -> EncodedValue.of(ValueTag.SHORT_ARRAY, MemorySegment.ofArray(array));
            case char[] array -> EncodedValue.of(ValueTag.CHAR_ARRAY, MemorySegment.ofArray(array));
            case int[] array -> EncodedValue.of(ValueTag.INT_ARRAY, MemorySegment.ofArray(array));
            case long[] array -> EncodedValue.of(ValueTag.LONG_ARRAY, MemorySegment.ofArray(array));
            case float[] array -> EncodedValue.of(ValueTag.FLOAT_ARRAY, MemorySegment.ofArray(array));
            case double[] array -> EncodedValue.of(ValueTag.DOUBLE_ARRAY, MemorySegment.ofArray(array));
            default -> serializer.write(ValueTag.SERIALIZED, value);
        };
    }

    private static EncodedValue encodeText(String text) {
        try {
            ByteBuffer body = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .encode(java.nio.CharBuffer.wrap(text));
            return EncodedValue.of(ValueTag.STRING, MemorySegment.ofBuffer(body));
        } catch (CharacterCodingException unpairedSurrogate) {
            return EncodedValue.of(ValueTag.STRING_UTF16, MemorySegment.ofArray(text.toCharArray()));
        }
    }

    private static byte[] toBytes(boolean[] flags) {
        byte[] bytes = new byte[flags.length];
        for (int i = 0; i < flags.length; i++) {
            bytes[i] = (byte) (flags[i] ? 1 : 0);
        }
        return bytes;
    }

    private static boolean[] toBooleans(MemorySegment body) {
        boolean[] flags = new boolean[Math.toIntExact(body.byteSize())];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = body.get(ValueLayout.JAVA_BYTE, i) != 0;
        }
        return flags;
    }
}

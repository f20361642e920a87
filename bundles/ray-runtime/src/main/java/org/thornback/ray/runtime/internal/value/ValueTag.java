// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.value;

/**
 * First byte of a value's metadata: how its body is to be read. All numbers in bodies are little-endian.
 *
 * <p>Numbers are part of the format: never reuse one. Metadata of another length or meaning, as Arrow's clients
 * write them, mean {@link #BYTES}.
 */
public enum ValueTag {
    /** {@code byte[]}: the body is the array. */
    BYTES,
    /** {@code null}: no body. */
    NULL,
    /** {@link Boolean}, one byte. */
    BOOLEAN,
    /** {@link Byte}. */
    BYTE,
    /** {@link Short}. */
    SHORT,
    /** {@link Character}. */
    CHARACTER,
    /** {@link Integer}. */
    INTEGER,
    /** {@link Long}. */
    LONG,
    /** {@link Float}. */
    FLOAT,
    /** {@link Double}. */
    DOUBLE,
    /** {@link String} as UTF-8. */
    STRING,
    /** {@code boolean[]}, a byte each. */
    BOOLEAN_ARRAY,
    /** {@code short[]}. */
    SHORT_ARRAY,
    /** {@code char[]}. */
    CHAR_ARRAY,
    /** {@code int[]}. */
    INT_ARRAY,
    /** {@code long[]}. */
    LONG_ARRAY,
    /** {@code float[]}. */
    FLOAT_ARRAY,
    /** {@code double[]}. */
    DOUBLE_ARRAY,
    /** {@link java.nio.ByteBuffer}: its remaining bytes; comes back read-only, without a copy when it lies in the store. */
    BYTE_BUFFER,
    /** {@link java.lang.foreign.MemorySegment}; comes back read-only, without a copy when it lies in the store. */
    MEMORY_SEGMENT,
    /** Anything else: Java serialization. */
    SERIALIZED,
    /** An exception to be thrown by get: Java serialization. */
    ERROR,
    /** An exception that could not be serialized: its text as UTF-8. */
    ERROR_TEXT,
    /** The actor is dead: Java serialization of the exception. */
    ACTOR_ERROR,
    /** The text of a String with unpaired surrogates, as UTF-16. */
    STRING_UTF16;

    private static final ValueTag[] TAGS = values();

    private final byte[] metadata = {(byte) ordinal()};

    /**
     * The metadata of a value of this kind.
     *
     * @return shared, not to be changed.
     */
    public byte[] metadata() {
        return metadata;
    }

    /**
     * Tells whether get throws instead of returning.
     *
     * @return true for errors.
     */
    public boolean isError() {
        return this == ERROR || this == ERROR_TEXT || this == ACTOR_ERROR;
    }

    /**
     * Tells whether a metadata byte is one of ours.
     *
     * @param code the byte.
     * @return false when {@link #of} would fail.
     */
    public static boolean isKnown(int code) {
        return code >= 0 && code < TAGS.length;
    }

    /**
     * Reads a metadata byte.
     *
     * @param code the byte.
     * @return its tag.
     */
    public static ValueTag of(int code) {
        if (code < 0 || code >= TAGS.length) {
            throw new ValueFormatException("metadata tag=" + code + " is unknown; expected 0 to " + (TAGS.length - 1)
                    + ": the object was written by a newer version or not by Ray");
        }
        return TAGS[code];
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * Name of an object in the store: 20 bytes, kept as numbers so that it is cheap to compare and to hash.
 *
 * @param first  bytes 0 to 7, little-endian.
 * @param second bytes 8 to 15, little-endian.
 * @param third  bytes 16 to 19, little-endian.
 */
public record PlasmaId(long first, long second, int third) {
    /** Length in bytes. */
    public static final int LENGTH = 20;

    /**
     * Reads an id.
     *
     * @param bytes exactly 20.
     * @return the id.
     */
    public static PlasmaId of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("id length=" + bytes.length + ", expected " + LENGTH + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return new PlasmaId(buffer.getLong(), buffer.getLong(), buffer.getInt());
    }

    /**
     * The id as bytes.
     *
     * @return a new array of 20 bytes.
     */
    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(first)
                .putLong(second)
                .putInt(third)
                .array();
    }

    /**
     * A well mixed hash of all 20 bytes; the index of objects uses it, so it never changes.
     *
     * @return 64 bits.
     */
    public long hash() {
        long hash = (first ^ 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
        hash = (Long.rotateLeft(hash, 29) ^ second) * 0x94d049bb133111ebL;
        hash = (Long.rotateLeft(hash, 31) ^ third) * 0xbf58476d1ce4e5b9L;
        return hash ^ (hash >>> 32);
    }

    @Override
    public int hashCode() {
        return (int) hash();
    }

    /** Forty hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(toBytes());
    }
}

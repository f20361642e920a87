// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.id;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A name made of bytes, as Ray's ids are: 28 bytes for nodes, workers, drivers and objects, 24 for tasks, 16 for actors.
 * Immutable.
 */
public final class BinaryId implements Comparable<BinaryId> {
    /** Length of the ids of nodes, workers, drivers and objects. */
    public static final int UNIQUE_LENGTH = 28;

    /** Length of an actor's id: 12 unique bytes and the job's number. */
    public static final int ACTOR_LENGTH = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;
    private final int hash;

    private BinaryId(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /**
     * An id of given bytes.
     *
     * @param bytes copied.
     * @return the id.
     */
    public static BinaryId of(byte[] bytes) {
        return new BinaryId(requireNonNull(bytes, "bytes").clone());
    }

    /**
     * An id in hexadecimal digits.
     *
     * @param digits two for each byte.
     * @return the id.
     */
    public static BinaryId ofHex(String digits) {
        return new BinaryId(HexFormat.of().parseHex(digits));
    }

    /**
     * A new random id of {@link #UNIQUE_LENGTH} bytes.
     *
     * @return the id.
     */
    public static BinaryId random() {
        byte[] bytes = new byte[UNIQUE_LENGTH];
        RANDOM.nextBytes(bytes);
        return new BinaryId(bytes);
    }

    /**
     * The bytes.
     *
     * @return a copy.
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Two digits for each byte.
     *
     * @return lower-case hexadecimal.
     */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public int compareTo(BinaryId other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinaryId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return hex();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

/** One segment in the index; the layout is drawn in {@link IndexDescriptor}. */
public final class SegmentEntryFlyweight {
    private static final int NUMBER_FIELD = 0;
    private static final int DESCRIPTOR_FIELD = 4;
    private static final int LENGTH_FIELD = 8;
    private static final int PAGE_SIZE_FIELD = 16;

    private SegmentBuffer buffer;
    private int offset;

    /**
     * Points it at an entry.
     *
     * @param index       the region.
     * @param entryOffset where the entry begins.
     * @return this.
     */
    public SegmentEntryFlyweight wrap(SegmentBuffer index, int entryOffset) {
        buffer = index;
        offset = entryOffset;
        return this;
    }

    /**
     * Number of the segment; read it again after the descriptor was opened.
     *
     * @return 0 when there is none.
     */
    public int number() {
        return buffer.getIntVolatile(offset + NUMBER_FIELD);
    }

    /**
     * File descriptor in the store's process.
     *
     * @return the descriptor.
     */
    public int descriptor() {
        return buffer.getInt(offset + DESCRIPTOR_FIELD);
    }

    /**
     * Length of the file.
     *
     * @return bytes.
     */
    public long length() {
        return buffer.getLong(offset + LENGTH_FIELD);
    }

    /**
     * Granule of the memory: parts of the file are mapped from and to multiples of it.
     *
     * @return bytes.
     */
    public long pageSize() {
        return buffer.getLong(offset + PAGE_SIZE_FIELD);
    }

    /**
     * Publishes a segment.
     *
     * @param number     of the segment.
     * @param descriptor in the store's process.
     * @param length     in bytes.
     * @param pageSize   granule of the memory in bytes.
     */
    public void publish(int number, int descriptor, long length, long pageSize) {
        buffer.putInt(offset + DESCRIPTOR_FIELD, descriptor);
        buffer.putLong(offset + LENGTH_FIELD, length);
        buffer.putLong(offset + PAGE_SIZE_FIELD, pageSize);
        buffer.putIntVolatile(offset + NUMBER_FIELD, number);
    }

    /** Withdraws it; to be done before the descriptor is closed. */
    public void withdraw() {
        buffer.putIntVolatile(offset + NUMBER_FIELD, 0);
    }
}

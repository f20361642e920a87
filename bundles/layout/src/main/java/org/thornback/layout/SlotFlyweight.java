// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import org.thornback.api.store.PlasmaId;

/** One slot of the index; the layout is drawn in {@link IndexDescriptor}. Plain access: the control word orders it. */
public final class SlotFlyweight {
    static final int ID_FIELD = 8;
    private static final int SEGMENT_FIELD = 28;
    private static final int DATA_OFFSET_FIELD = 32;
    private static final int DATA_SIZE_FIELD = 40;
    private static final int METADATA_SIZE_FIELD = 48;
    private static final int CREATED_FIELD = 56;

    private SegmentBuffer buffer;
    private int offset;

    /**
     * Points it at a slot.
     *
     * @param index      the region.
     * @param slotOffset where the slot begins.
     * @return this.
     */
    public SlotFlyweight wrap(SegmentBuffer index, int slotOffset) {
        buffer = index;
        offset = slotOffset;
        return this;
    }

    /**
     * Reads the id.
     *
     * @return a new one.
     */
    public PlasmaId id() {
        return new PlasmaId(
                buffer.getLong(offset + ID_FIELD),
                buffer.getLong(offset + ID_FIELD + Long.BYTES),
                buffer.getInt(offset + ID_FIELD + 2 * Long.BYTES));
    }

    /**
     * Writes the id.
     *
     * @param id of the object.
     * @return this.
     */
    public SlotFlyweight id(PlasmaId id) {
        buffer.putLong(offset + ID_FIELD, id.first());
        buffer.putLong(offset + ID_FIELD + Long.BYTES, id.second());
        buffer.putInt(offset + ID_FIELD + 2 * Long.BYTES, id.third());
        return this;
    }

    /**
     * Number of the segment.
     *
     * @return the number.
     */
    public int segment() {
        return buffer.getInt(offset + SEGMENT_FIELD);
    }

    /**
     * Where the data begin.
     *
     * @return bytes from the start of the segment.
     */
    public long dataOffset() {
        return buffer.getLong(offset + DATA_OFFSET_FIELD);
    }

    /**
     * Writes where the bytes are.
     *
     * @param segment    number of the segment.
     * @param dataOffset bytes from its start.
     * @return this.
     */
    public SlotFlyweight place(int segment, long dataOffset) {
        buffer.putInt(offset + SEGMENT_FIELD, segment);
        buffer.putLong(offset + DATA_OFFSET_FIELD, dataOffset);
        return this;
    }

    /**
     * Length of the data.
     *
     * @return bytes.
     */
    public long dataSize() {
        return buffer.getLong(offset + DATA_SIZE_FIELD);
    }

    /**
     * Length of the metadata, which come right after the data.
     *
     * @return bytes.
     */
    public int metadataSize() {
        return buffer.getInt(offset + METADATA_SIZE_FIELD);
    }

    /**
     * Writes the lengths.
     *
     * @param dataSize     bytes.
     * @param metadataSize bytes.
     * @return this.
     */
    public SlotFlyweight sizes(long dataSize, int metadataSize) {
        buffer.putLong(offset + DATA_SIZE_FIELD, dataSize);
        buffer.putInt(offset + METADATA_SIZE_FIELD, metadataSize);
        return this;
    }

    /**
     * When the object was created.
     *
     * @return ms since 1970.
     */
    public long createdMillis() {
        return buffer.getLong(offset + CREATED_FIELD);
    }

    /**
     * Writes when the object was created.
     *
     * @param millis since 1970.
     * @return this.
     */
    public SlotFlyweight createdMillis(long millis) {
        buffer.putLong(offset + CREATED_FIELD, millis);
        return this;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.plasma;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicBoolean;
import org.thornback.layout.SlotFlyweight;

/**
 * A sealed object that stays where it is until this is closed, or, once {@link #view()} was asked for, until nothing of the view
 * can be reached any more.
 *
 * <p>Meant for one thread; {@link #close()} may be called from any, and more than once.
 */
public final class PinnedObject implements AutoCloseable {
    private final PlasmaClient client;
    private final int entry;
    private final int segment;
    private final long offset;
    private final long size;
    private final int metadataSize;
    private final AtomicBoolean done = new AtomicBoolean();

    PinnedObject(PlasmaClient client, int entry, SlotFlyweight slot) {
        this.client = requireNonNull(client, "client");
        this.entry = entry;
        segment = slot.segment();
        offset = slot.dataOffset();
        size = slot.dataSize();
        metadataSize = slot.metadataSize();
    }

    /**
     * Length of the data.
     *
     * @return bytes.
     */
    public long size() {
        return size;
    }

    /**
     * Length of the metadata.
     *
     * @return bytes.
     */
    public int metadataSize() {
        return metadataSize;
    }

    /**
     * The metadata.
     *
     * @return a copy.
     */
    public byte[] metadata() {
        return memory().asSlice(offset + size, metadataSize).toArray(ValueLayout.JAVA_BYTE);
    }

    /**
     * One byte of the metadata, without a copy.
     *
     * @param index of the byte.
     * @return the byte.
     */
    public byte metadataByte(int index) {
        return memory().get(ValueLayout.JAVA_BYTE, offset + size + Math.max(0, index));
    }

    /**
     * The data, in place: for copying out and decoding.
     *
     * @return a read-only segment, valid until {@link #close()}.
     */
    public MemorySegment data() {
        return memory().asSlice(offset, size).asReadOnly();
    }

    /**
     * The data, to be kept: valid as long as it, or any slice or buffer made of it, can be reached. Takes the pin over. Small
     * objects are copied, which is cheaper than mapping them.
     *
     * @return a read-only segment of native memory.
     */
    public MemorySegment view() {
        if (!done.compareAndSet(false, true)) {
            throw new IllegalStateException("the object was closed or viewed already");
        }
        return client.view(entry, segment, offset, size);
    }

    private MemorySegment memory() {
        if (done.get()) {
            throw new IllegalStateException("the object was closed or viewed already");
        }
        return client.memory(segment);
    }

    /** Lets go of the bytes, unless a view has taken them over. */
    @Override
    public void close() {
        if (done.compareAndSet(false, true)) {
            client.unpin(entry);
        }
    }
}

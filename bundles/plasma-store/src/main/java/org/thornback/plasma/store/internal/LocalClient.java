// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.ReadableObject;
import org.thornback.api.store.WritableObject;
import org.thornback.layout.IndexReader;
import org.thornback.layout.PinPage;
import org.thornback.layout.PinRegister;
import org.thornback.layout.RegionVersion;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.SlotFlyweight;

/** The store's own process as a client of the store. Pinning is safe from any thread. */
final class LocalClient extends PinningClient {
    private final PinRegister register;
    private final SharedRegion region;

    private LocalClient(PinPage pins, SharedRegion region, IndexReader index) {
        super("local", pins);
        this.region = region;
        register = new PinRegister(index, pins);
    }

    static LocalClient open(IndexReader index) throws IOException {
        SharedRegion region = SharedRegion.create("thornback-local-pins", PinPage.LENGTH, Arena.ofShared());
        SegmentBuffer page = region.buffer();
        RegionVersion.write(page);
        return new LocalClient(new PinPage(page), region, index);
    }

    /** What this process makes is held by those it made it for, or may be evicted. */
    @Override
    boolean keepsUnclaimed() {
        return false;
    }

    void close() {
        region.close();
    }

    Optional<ReadableObject> get(PlasmaId id, Segments segments) {
        SlotFlyweight slot = new SlotFlyweight();
        int entry = register.pin(id, slot);
        if (entry < 0) {
            return Optional.empty();
        }
        MemorySegment memory = segments.memory(slot.segment());
        MemorySegment data = memory.asSlice(slot.dataOffset(), slot.dataSize()).asReadOnly();
        MemorySegment metadata = memory.asSlice(slot.dataOffset() + slot.dataSize(), slot.metadataSize());
        return Optional.of(new Pinned(id, data, metadata, register, entry, new AtomicBoolean()));
    }

    /** Finds mapped memory by the number of a segment; safe from any thread. */
    interface Segments {
        MemorySegment memory(int number);
    }

    private record Pinned(
            PlasmaId id, MemorySegment data, MemorySegment meta, PinRegister register, int entry, AtomicBoolean closed)
            implements ReadableObject {

        @Override
        public byte[] metadata() {
            return meta.toArray(ValueLayout.JAVA_BYTE);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                register.unpin(entry);
            }
        }
    }

    /** An object this process writes. */
    static final class Written implements WritableObject {
        private final StoredObject object;
        private final StoreCore core;
        private boolean done;

        Written(StoredObject object, StoreCore core) {
            this.object = requireNonNull(object, "object");
            this.core = requireNonNull(core, "core");
        }

        @Override
        public PlasmaId id() {
            return object.id;
        }

        @Override
        public MemorySegment data() {
            return object.segment.data(object);
        }

        @Override
        public MemorySegment metadata() {
            return object.segment.metadata(object);
        }

        @Override
        public void seal() {
            if (!done) {
                done = true;
                core.loop().execute(() -> core.table().seal(object));
            }
        }

        @Override
        public void close() {
            if (!done) {
                done = true;
                core.loop().execute(() -> core.table().abort(object));
            }
        }
    }
}

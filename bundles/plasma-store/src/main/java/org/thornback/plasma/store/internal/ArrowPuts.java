// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.arrow.ArrowProtocol;
import org.thornback.layout.arrow.FlatTable;

/**
 * Objects that come within a message: made, filled and sealed at once, several of them all or none. Owned by the conductor.
 *
 * <p>Where fresh memory has to be reserved first, the message is left where it is and looked at again when that is done.
 */
final class ArrowPuts implements CreateOutcome {
    private final StoreCore core;
    private final Connection connection;
    private final ArrowClient client;
    private final List<StoredObject> made = new ArrayList<>();
    private boolean answered;
    private boolean waiting;
    private int error;

    ArrowPuts(StoreCore core, Connection connection, ArrowClient client) {
        this.core = requireNonNull(core, "core");
        this.connection = requireNonNull(connection, "connection");
        this.client = requireNonNull(client, "client");
    }

    void one(FlatTable message, SegmentBuffer buffer) {
        int data = message.string(2);
        int metadata = message.string(3);
        long digest = message.digestAt(message.string(4));
        if (isReady(message.getId(0), message.length(data), message.length(metadata), message.getBoolean(1), 0)) {
            if (error == ArrowProtocol.OK) {
                fill(made.getFirst(), message, buffer, data, metadata, digest);
            }
            answer(ArrowProtocol.CREATE_AND_SEAL);
        }
    }

    void batch(FlatTable message, SegmentBuffer buffer) {
        int ids = message.strings(0);
        int data = message.strings(2);
        int metadata = message.strings(3);
        int digests = message.strings(4);
        int count = message.length(ids);
        if (message.length(data) != count || message.length(metadata) != count || message.length(digests) != count) {
            throw new MalformedInputException("a batch of ids=" + count + " has other numbers of data or digests");
        }
        boolean evict = message.getBoolean(1);
        while (made.size() < count && error == ArrowProtocol.OK) {
            int next = made.size();
            PlasmaId id = message.idAt(message.element(ids, next));
            message.digestAt(message.element(digests, next));
            long dataSize = message.length(message.element(data, next));
            long metadataSize = message.length(message.element(metadata, next));
            if (!isReady(id, dataSize, metadataSize, evict, next)) {
                return;
            }
        }
        for (int i = 0; i < count && error == ArrowProtocol.OK; i++) {
            long digest = message.digestAt(message.element(digests, i));
            fill(made.get(i), message, buffer, message.element(data, i), message.element(metadata, i), digest);
        }
        answer(ArrowProtocol.CREATE_AND_SEAL_BATCH);
    }

    /** Asks for room; false when that takes time, and the message is to be looked at again. */
    private boolean isReady(PlasmaId id, long dataSize, long metadataSize, boolean evict, int next) {
        if (made.size() > next || error != ArrowProtocol.OK) {
            return true; // asked for when the message was looked at before
        }
        answered = false;
        core.createsAtOnce().request(client, id, dataSize, metadataSize, evict, this);
        if (!answered) {
            waiting = true;
            connection.pauseBefore();
        }
        return answered;
    }

    @Override
    public void created(StoredObject object) {
        made.add(object);
        outcome();
    }

    @Override
    public void exists() {
        error = ArrowProtocol.OBJECT_EXISTS;
        outcome();
    }

    @Override
    public void full(String sentence) {
        error = ArrowProtocol.OUT_OF_MEMORY;
        outcome();
    }

    private void outcome() {
        answered = true;
        if (waiting) {
            waiting = false;
            connection.resumeSoon();
        }
    }

    private void fill(
            StoredObject object, FlatTable message, SegmentBuffer buffer, int data, int metadata, long digest) {
        MemorySegment memory = buffer.segment();
        MemorySegment.copy(memory, message.bytes(data), object.segment.memory(), object.offset, object.dataSize);
        MemorySegment.copy(
                memory,
                message.bytes(metadata),
                object.segment.memory(),
                object.offset + object.dataSize,
                object.metadataSize);
        object.digest = digest;
    }

    private void answer(int request) {
        for (StoredObject object : List.copyOf(made)) {
            if (error == ArrowProtocol.OK) {
                core.table().seal(object);
            } else {
                core.table().abort(object);
            }
        }
        connection.writer().error(request, error);
        connection.sendWritten();
        abandon();
    }

    /** Forgets what was made; the client's end aborts it. */
    void abandon() {
        made.clear();
        error = ArrowProtocol.OK;
        waiting = false;
    }
}

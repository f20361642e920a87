// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.List;
import org.agrona.collections.LongHashSet;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.IndexDescriptor;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.arrow.ArrowProtocol;
import org.thornback.layout.arrow.ArrowWriter;
import org.thornback.layout.arrow.FlatTable;

/**
 * One connection of an Arrow client, which is a client of its own. Owned by the conductor.
 *
 * <p>Such a client makes one request at a time, so the state of the one that is not answered yet is kept here.
 */
final class ArrowConversation implements Conversation, PendingGet.Asker, CreateOutcome {
    /** Bytes an id takes at least in a message: its place, length and what it ends with. */
    private static final int SHORTEST_ID = PlasmaId.LENGTH + 8;

    /** What an id that is waited for costs the store. */
    private static final int WAITING_ID = 128;

    /** How long somebody who would not wait waits for what has to be brought back. */
    private static final long RETURN_MILLIS = 10_000;

    private final StoreCore core;
    private final ObjectTable table;
    private final Connection connection;
    private final ArrowClient client;
    private final FlatTable request = new FlatTable();
    private final ArrowWriter writer;
    private final PendingGet get;
    private final ArrowPuts puts;
    private PlasmaId creating;
    private long waitingBytes;
    private Subscribers.Subscriber subscriber;

    ArrowConversation(StoreCore core, Connection connection) {
        this.core = requireNonNull(core, "core");
        this.connection = requireNonNull(connection, "connection");
        table = core.table();
        writer = connection.writer();
        client = core.clients().openArrow();
        get = new PendingGet(core.pendingGets(), this);
        puts = new ArrowPuts(core, connection, client);
    }

    @Override
    public void onMessage(long type, SegmentBuffer buffer, int offset, int length) {
        core.drainRings();
        switch ((int) type) {
            case ArrowProtocol.DISCONNECT -> core.loop().execute(connection::close);
            case ArrowProtocol.CONNECT ->
                number(ArrowProtocol.CONNECT, core.memory().capacity());
            case ArrowProtocol.LIST -> list();
            case ArrowProtocol.SUBSCRIBE -> connection.expectDescriptor();
            case ArrowProtocol.GET_DEBUG_STRING -> debugString();
            case ArrowProtocol.CREATE_AND_SEAL -> puts.one(request.wrap(buffer, offset, length), buffer);
            case ArrowProtocol.CREATE_AND_SEAL_BATCH -> puts.batch(request.wrap(buffer, offset, length), buffer);
            default -> onRequest((int) type, request.wrap(buffer, offset, length), buffer, length);
        }
        core.loop().expectMore();
    }

    private void onRequest(int type, FlatTable message, SegmentBuffer buffer, int length) {
        switch (type) {
            case ArrowProtocol.CREATE -> create(message);
            case ArrowProtocol.SEAL -> seal(message);
            case ArrowProtocol.GET -> get(message, length);
            case ArrowProtocol.RELEASE -> release(message.getId(0));
            case ArrowProtocol.CONTAINS -> contains(message.getId(0));
            case ArrowProtocol.ABORT -> abort(message.getId(0));
            case ArrowProtocol.DELETE -> delete(message, length);
            case ArrowProtocol.EVICT -> number(ArrowProtocol.EVICT, table.evict(Math.max(0, message.getLong(0))));
            case ArrowProtocol.SET_OPTIONS -> setOptions(message, buffer);
            case ArrowProtocol.REFRESH_LRU -> refresh(message, length);
            default -> throw new MalformedInputException("message type=" + type + " is not a request");
        }
    }

    private void number(int type, long number) {
        writer.number(type, number);
        connection.sendWritten();
    }

    private void create(FlatTable message) {
        creating = message.getId(0);
        long dataSize = message.getLong(2);
        long metadataSize = message.getLong(3);
        if (message.getInt(4) != 0) {
            full("there is no memory of other devices");
            return;
        }
        core.createsAtOnce().request(client, creating, dataSize, metadataSize, message.getBoolean(1), this);
        if (creating != null) {
            connection.pause();
        }
    }

    @Override
    public void created(StoredObject object) {
        client.use(object);
        table.reference(object);
        StoreSegment segment = object.segment;
        writer.created(
                object.id,
                segment.number(),
                segment.file().length(),
                object.offset,
                object.dataSize,
                object.metadataSize);
        connection.sendWritten();
        if (client.meets(segment)) {
            connection.sendDescriptor(segment);
        }
        createAnswered();
    }

    @Override
    public void exists() {
        notCreated(ArrowProtocol.OBJECT_EXISTS);
    }

    @Override
    public void full(String sentence) {
        notCreated(ArrowProtocol.OUT_OF_MEMORY);
    }

    private void notCreated(int error) {
        writer.notCreated(creating, error);
        connection.sendWritten();
        createAnswered();
    }

    private void createAnswered() {
        creating = null;
        connection.resumeSoon();
    }

    private void seal(FlatTable message) {
        PlasmaId id = message.getId(0);
        long digest = message.digestAt(message.string(1));
        StoredObject object = table.find(id);
        int error = ArrowProtocol.OK;
        if (object == null) {
            error = ArrowProtocol.OBJECT_NOT_FOUND;
        } else if (object.isSealed()) {
            error = ArrowProtocol.OBJECT_EXISTS;
        } else if (object.creator != client) {
            error = ArrowProtocol.OBJECT_IN_USE;
        } else {
            object.digest = digest;
            table.seal(object);
        }
        writer.idAndNumber(ArrowProtocol.SEAL, id, error);
        connection.sendWritten();
    }

    private void get(FlatTable message, int length) {
        int ids = message.strings(0);
        int count = count(message, ids, length);
        long timeout = message.getLong(1);
        boolean returning = false;
        get.begin(count);
        for (int i = 0; i < count; i++) {
            PlasmaId id = message.idAt(message.element(ids, i));
            StoredObject object = table.find(id);
            get.add(id, object != null && object.isSealed() ? object : null);
            returning |= core.spill().restore(id);
        }
        if (get.missing() == 0 || timeout == 0 && !returning) {
            answerGet();
            return;
        }
        if (returning && timeout >= 0) {
            timeout = Math.max(timeout, RETURN_MILLIS);
        }
        long bytes = (long) count * WAITING_ID;
        connection.account().take(bytes);
        waitingBytes = bytes;
        connection.pause();
        core.pendingGets().add(get, timeout);
    }

    private static int count(FlatTable message, int ids, int length) {
        int count = message.length(ids);
        if (count > length / SHORTEST_ID) {
            throw new MalformedInputException("ids=" + count + " do not fit into a message of length=" + length);
        }
        return count;
    }

    @Override
    public StoredObject find(PlasmaId id) {
        return table.find(id);
    }

    @Override
    public StoredObject found(StoredObject object) {
        StoredObject used = client.used(object.id);
        if (used != null && used.latest() == object) {
            table.touch(object);
            return used;
        }
        release(object.id); // an earlier object of this id that was deleted meanwhile
        client.use(object);
        table.reference(object);
        return object;
    }

    @Override
    public void complete() {
        giveBack();
        answerGet();
        connection.resumeSoon();
    }

    private void giveBack() {
        connection.account().giveBack(waitingBytes);
        waitingBytes = 0;
    }

    private void answerGet() {
        writer.got(get);
        connection.sendWritten();
        for (int i = 0; i < get.segments(); i++) {
            if (client.meets(get.segmentAt(i))) {
                connection.sendDescriptor(get.segmentAt(i));
            }
        }
    }

    private void release(PlasmaId id) {
        StoredObject object = client.leave(id);
        if (object != null) {
            table.dereference(object);
        }
    }

    private void contains(PlasmaId id) {
        writer.idAndNumber(ArrowProtocol.CONTAINS, id, core.inventory().isHere(id) ? 1 : 0);
        connection.sendWritten();
    }

    private void abort(PlasmaId id) {
        StoredObject object = table.find(id);
        if (object != null && object.creator == client && object.state() == IndexDescriptor.CREATED) {
            release(id);
            table.abort(object);
        }
        writer.id(ArrowProtocol.ABORT, id);
        connection.sendWritten();
    }

    private void delete(FlatTable message, int length) {
        int list = message.strings(1);
        int count = count(message, list, length);
        PlasmaId[] ids = new PlasmaId[count];
        int[] errors = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = message.idAt(message.element(list, i));
            errors[i] = delete(ids[i]);
        }
        writer.deleted(ids, errors);
        connection.sendWritten();
    }

    private int delete(PlasmaId id) {
        StoredObject object = table.find(id);
        if (object == null && core.spill().has(id) && table.isHeld(id)) {
            core.spill().deleteWhenUnused(id);
            return ArrowProtocol.OBJECT_IN_USE;
        }
        if (object == null) {
            return core.inventory().delete(List.of(id)) == 0 ? ArrowProtocol.OBJECT_NOT_FOUND : ArrowProtocol.OK;
        }
        boolean sealed = object.isSealed();
        if (table.deleteWhenUnused(object)) {
            return ArrowProtocol.OK;
        }
        return sealed ? ArrowProtocol.OBJECT_IN_USE : ArrowProtocol.OBJECT_NOT_SEALED;
    }

    private void refresh(FlatTable message, int length) {
        int ids = message.strings(0);
        int count = count(message, ids, length);
        for (int i = 0; i < count; i++) {
            StoredObject object = table.find(message.idAt(message.element(ids, i)));
            if (object != null) {
                table.touch(object);
            }
        }
        writer.error(ArrowProtocol.REFRESH_LRU, ArrowProtocol.OK);
        connection.sendWritten();
    }

    private void setOptions(FlatTable message, SegmentBuffer buffer) {
        int name = message.string(0);
        byte[] bytes = new byte[Math.min(message.length(name), 64)];
        buffer.getBytes(message.bytes(name), bytes);
        client.givenName(new String(bytes, UTF_8));
        long quota = message.getLong(1);
        boolean possible = quota >= 0 && quota <= core.memory().capacity();
        if (possible) {
            client.quota(quota);
        }
        writer.error(ArrowProtocol.SET_OPTIONS, possible ? ArrowProtocol.OK : ArrowProtocol.OUT_OF_MEMORY);
        connection.sendWritten();
    }

    private void list() {
        List<LongHashSet> pins = table.pinsOfEach();
        writer.beginInfos();
        for (StoredObject object : table.all()) {
            if (object.state() != IndexDescriptor.LEAVING) {
                writer.info(
                        object.id,
                        object.dataSize,
                        object.metadataSize,
                        object.users(pins) + table.holders(object.id),
                        object.createdMillis,
                        object.sealedMillis,
                        object.digest,
                        false);
            }
        }
        for (SpilledObject object : core.spill().all()) {
            object.info(writer, table.holders(object.id()), false);
        }
        writer.endList();
        connection.sendWritten();
    }

    private void debugString() {
        StringBuilder text = new StringBuilder();
        Tally.snapshot(core.reader())
                .forEach((counter, value) ->
                        text.append(counter.label()).append(": ").append(value).append('\n'));
        writer.text(ArrowProtocol.GET_DEBUG_STRING, text.toString());
        connection.sendWritten();
    }

    @Override
    public void onDescriptor(int descriptor) {
        if (subscriber != null) {
            subscriber.close();
        }
        core.drainRings();
        subscriber =
                core.subscribers().add(descriptor, table.all(), core.spill().all());
    }

    @Override
    public void onClosed() {
        get.abandon();
        giveBack();
        puts.abandon();
        if (subscriber != null) {
            subscriber.close();
        }
        core.end(client);
    }
}

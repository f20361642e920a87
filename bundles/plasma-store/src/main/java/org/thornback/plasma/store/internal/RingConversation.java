// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.RegionVersion;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.StoreProtocol;

/**
 * One connection of one of our own clients: its calls, or what it is told unasked. Owned by the conductor.
 *
 * <p>The first frame says which of the two it is. The end of a calls connection is the end of the client.
 */
final class RingConversation implements Conversation, Watches.Watcher {
    private static final int BODY = StoreProtocol.HEADER_LENGTH;

    private final StoreCore core;
    private final Connection connection;
    private RingClient client;
    private boolean calls;

    RingConversation(StoreCore core, Connection connection) {
        this.core = requireNonNull(core, "core");
        this.connection = requireNonNull(connection, "connection");
    }

    @Override
    public void onMessage(long type, SegmentBuffer buffer, int offset, int length) {
        if (client == null) {
            begin((int) type, buffer, offset, length);
        } else if (calls) {
            onCall((int) type, buffer, offset, length);
        } else {
            onNotice((int) type, buffer, offset, length);
        }
    }

    private void begin(int type, SegmentBuffer buffer, int offset, int length) {
        if (type == StoreProtocol.OPEN) {
            check(length == StoreProtocol.OPEN_LENGTH, type, length);
            RegionVersion.check(buffer.getInt(offset), "a client");
            open();
        } else {
            check(type == StoreProtocol.ATTACH && length == StoreProtocol.ATTACH_LENGTH, type, length);
            RegionVersion.check(buffer.getInt(offset), "a client");
            client = core.clients().client(buffer.getLong(offset + StoreProtocol.CLIENT_FIELD));
            if (client == null || client.notices() != null) {
                throw new MalformedInputException("there is no client to attach to");
            }
            client.notices(connection);
            connection.send(StoreProtocol.ATTACHED, 0);
        }
    }

    private void open() {
        try {
            client = core.clients().open(connection);
            core.rings().add(client);
        } catch (IOException e) {
            throw new MalformedInputException("no memory for another client: " + e.getMessage(), e);
        }
        calls = true;
        SegmentBuffer output = connection.output();
        output.putInt(BODY, RegionVersion.CURRENT);
        output.putInt(BODY + StoreProtocol.OPENED_PID, core.pid());
        output.putLong(BODY + StoreProtocol.CLIENT_FIELD, client.number());
        output.putInt(BODY + StoreProtocol.OPENED_INDEX, core.indexDescriptor());
        output.putInt(BODY + StoreProtocol.OPENED_PINS, client.pinDescriptor());
        output.putInt(BODY + StoreProtocol.OPENED_RING, client.ringDescriptor());
        output.putInt(BODY + StoreProtocol.OPENED_RING_LENGTH, RingClient.RING_LENGTH);
        connection.send(StoreProtocol.OPENED, StoreProtocol.OPENED_LENGTH);
    }

    private void onCall(int type, SegmentBuffer buffer, int offset, int length) {
        core.drainRings();
        switch (type) {
            case StoreProtocol.CREATE -> {
                check(length == StoreProtocol.CREATE_LENGTH, type, length);
                core.inventory()
                        .create(
                                client,
                                StoreProtocol.id(buffer, offset),
                                buffer.getLong(offset + StoreProtocol.DATA_SIZE_FIELD),
                                buffer.getInt(offset + StoreProtocol.METADATA_SIZE_FIELD),
                                new Answer());
            }
            case StoreProtocol.SEAL -> {
                check(length == PlasmaId.LENGTH, type, length);
                core.rings().seal(client, StoreProtocol.id(buffer, offset));
            }
            case StoreProtocol.ABORT -> {
                check(length == PlasmaId.LENGTH, type, length);
                core.abort(client, StoreProtocol.id(buffer, offset));
            }
            case StoreProtocol.DOORBELL -> check(length == 0, type, length);
            case StoreProtocol.DRAIN -> {
                check(length == 0, type, length);
                core.drains().answerWhenDrained(client);
            }
            case StoreProtocol.DELETE -> {
                int count = core.inventory().delete(ids(type, buffer, offset, length));
                connection.output().putInt(BODY, count);
                connection.send(StoreProtocol.DELETED, Integer.BYTES);
            }
            case StoreProtocol.LOCATE -> {
                List<PlasmaId> ids = ids(type, buffer, offset, length);
                if (ids.stream().allMatch(core.inventory()::isHere)) {
                    locate(ids);
                } else { // its maker may have sealed it, and told others, by a frame that is only read next
                    core.loop().afterRound(() -> locate(ids));
                }
            }
            default -> throw new MalformedInputException("message type=" + type + " is not a call");
        }
    }

    private void locate(List<PlasmaId> ids) {
        if (client.isGone()) {
            return;
        }
        List<PlasmaId> away = ids.stream().filter(core.spill()::has).toList();
        if (away.isEmpty()) {
            located(ids);
        } else {
            locateWhenBack(ids, away);
        }
    }

    /** Answers when the objects that had been written out are back, or gone for ever. */
    private void locateWhenBack(List<PlasmaId> ids, List<PlasmaId> away) {
        Set<PlasmaId> awaited = new HashSet<>(away);
        for (PlasmaId id : away) {
            core.spill().restore(id, () -> {
                if (awaited.remove(id) && awaited.isEmpty() && !client.isGone()) {
                    located(ids);
                }
            });
        }
    }

    private void located(List<PlasmaId> ids) {
        for (int i = 0; i < ids.size(); i++) {
            connection.output().putByte(BODY + i, (byte) (core.inventory().isHere(ids.get(i)) ? 1 : 0));
        }
        connection.send(StoreProtocol.LOCATED, ids.size());
    }

    private void onNotice(int type, SegmentBuffer buffer, int offset, int length) {
        List<PlasmaId> ids = ids(type, buffer, offset, length);
        switch (type) {
            case StoreProtocol.WATCH -> core.inventory().watch(ids, this);
            case StoreProtocol.UNWATCH -> ids.forEach(id -> core.watches().remove(id, this));
            default -> throw new MalformedInputException("message type=" + type + " is not for this connection");
        }
    }

    @Override
    public void onSealed(PlasmaId id) {
        SegmentBuffer output = connection.output();
        output.putInt(BODY, 1);
        StoreProtocol.putId(output, StoreProtocol.idOffset(BODY, 0), id);
        connection.send(StoreProtocol.SEALED_NOW, StoreProtocol.idsLength(1));
    }

    @Override
    public void onClosed() {
        if (client == null) {
            return;
        }
        if (calls) {
            core.end(client);
        } else {
            core.watches().removeAll(this);
            client.notices(null);
        }
    }

    private static List<PlasmaId> ids(int type, SegmentBuffer buffer, int offset, int length) {
        check(length >= Integer.BYTES, type, length);
        int count = buffer.getInt(offset);
        check(count >= 0 && count <= StoreProtocol.MAX_IDS && length == StoreProtocol.idsLength(count), type, length);
        List<PlasmaId> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(StoreProtocol.id(buffer, StoreProtocol.idOffset(offset, i)));
        }
        return ids;
    }

    private static void check(boolean valid, int type, int length) {
        if (!valid) {
            throw new MalformedInputException("message type=" + type + " length=" + length + " makes no sense");
        }
    }

    /** The answer to a create; may come much later than the call. */
    private final class Answer implements CreateOutcome {

        @Override
        public void created(StoredObject object) {
            send(StoreProtocol.OK, object.segment.number(), object.offset, "");
        }

        @Override
        public void exists() {
            send(StoreProtocol.OBJECT_EXISTS, 0, 0, "");
        }

        @Override
        public void full(String sentence) {
            send(StoreProtocol.STORE_FULL, 0, 0, sentence);
        }

        private void send(int error, int segment, long offset, String sentence) {
            byte[] text = sentence.getBytes(UTF_8);
            SegmentBuffer output = connection.output();
            output.putInt(BODY, error);
            output.putInt(BODY + StoreProtocol.CREATED_SEGMENT, segment);
            output.putLong(BODY + StoreProtocol.CREATED_OFFSET, offset);
            output.putBytes(BODY + StoreProtocol.CREATED_LENGTH, text);
            connection.send(StoreProtocol.CREATED, StoreProtocol.CREATED_LENGTH + text.length);
        }
    }
}

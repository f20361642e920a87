// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler.Action;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.StoreCounter;
import org.thornback.layout.IndexDescriptor;
import org.thornback.layout.StoreProtocol;

/**
 * Takes what clients put into their rings. Owned by the conductor.
 *
 * <p>Nobody wakes it for a put: it is asked before anything that would notice the difference, when a client rings because its
 * ring is half full or somebody waits, and now and then while there was something.
 */
final class Rings {
    private final ObjectTable table;
    private final Creates creates;
    private final Predicate<PlasmaId> known;
    private final BiConsumer<RingClient, MalformedInputException> onMalformed;
    private final List<RingClient> clients = new CopyOnWriteArrayList<>();

    Rings(
            ObjectTable table,
            Creates creates,
            Predicate<PlasmaId> known,
            BiConsumer<RingClient, MalformedInputException> onMalformed) {
        this.known = requireNonNull(known, "known");
        this.table = requireNonNull(table, "table");
        this.creates = requireNonNull(creates, "creates");
        this.onMalformed = requireNonNull(onMalformed, "onMalformed");
    }

    void add(RingClient client) {
        clients.add(client);
    }

    void remove(RingClient client) {
        clients.remove(client);
    }

    boolean hasStalled() {
        for (RingClient client : clients) {
            if (client.isStalled()) {
                return true;
            }
        }
        return false;
    }

    /** Empties all rings as far as there is room; returns how many messages were taken. */
    int drain() {
        int taken = 0;
        for (RingClient client : clients) {
            taken += drain(client);
        }
        return taken;
    }

    int drain(RingClient client) {
        int taken = 0;
        try {
            long before;
            client.stalled(false);
            do { // one read stops where the ring wraps around, sometimes without a message
                before = client.ring().consumerPosition();
                taken += client.ring()
                        .controlledRead((type, buffer, index, length) -> take(client, type, buffer, index, length));
            } while (client.ring().consumerPosition() != before && !client.isStalled());
        } catch (MalformedInputException e) {
            onMalformed.accept(client, e);
        } catch (RuntimeException e) {
            onMalformed.accept(client, new MalformedInputException("the put ring cannot be read: " + e, e));
        }
        return taken;
    }

    private Action take(RingClient client, int type, MutableDirectBuffer buffer, int index, int length) {
        return switch (type) {
            case StoreProtocol.PUT_RECORD -> put(client, buffer, index, length);
            case StoreProtocol.SEAL_RECORD -> {
                check(length == PlasmaId.LENGTH, "seal record", length);
                seal(client, StoreProtocol.id(buffer, index));
                yield Action.CONTINUE;
            }
            default -> throw new MalformedInputException("ring message type=" + type + " is not known");
        };
    }

    private Action put(RingClient client, MutableDirectBuffer buffer, int index, int length) {
        check(length >= StoreProtocol.CREATE_LENGTH, "put record", length);
        PlasmaId id = StoreProtocol.id(buffer, index);
        int metadataSize = buffer.getInt(index + StoreProtocol.METADATA_SIZE_FIELD);
        long dataSize = buffer.getLong(index + StoreProtocol.DATA_SIZE_FIELD);
        boolean fits = metadataSize >= 0
                && dataSize >= 0
                && dataSize <= length
                && StoreProtocol.CREATE_LENGTH + dataSize + metadataSize == length;
        check(fits, "put record of data size=" + dataSize + " metadata size=" + metadataSize, length);
        if (known.test(id)) {
            return Action.CONTINUE; // objects are immutable: a second put of the same id changes nothing
        }
        StoredObject object = creates.createNow(client, id, dataSize, metadataSize);
        if (object == null) {
            client.stalled(true);
            return Action.ABORT;
        }
        object.segment.fill(object, client.ringRegion().memory(), index);
        table.tally().add(StoreCounter.RING_PUTS_TOTAL, 1);
        table.seal(object);
        return Action.CONTINUE;
    }

    /** Seals what the client itself is writing; anything else is ignored, the object may have been deleted meanwhile. */
    void seal(Client client, PlasmaId id) {
        StoredObject object = table.find(id);
        if (object != null && object.creator == client && object.state() == IndexDescriptor.CREATED) {
            table.seal(object);
        }
    }

    private static void check(boolean valid, String what, int length) {
        if (!valid) {
            throw new MalformedInputException(what + " of length=" + length + " makes no sense");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.thornback.api.store.PlasmaId;

/**
 * Messages between our own clients and the store, on the store's socket and in a client's put ring. Little-endian.
 *
 * <p>On the socket a message is framed as Arrow's are; our types begin at 1000, so both families share the socket:
 *
 * <pre>
 * frame:      int64 version (0) | int64 type | int64 length | body of that length
 *
 * OPEN        int32 version                                             first frame of a client
 * OPENED      int32 version | int32 pid of the store | int64 client
 *             | int32 descriptor of the index, of the pin page, of the ring | int32 length of the ring
 * ATTACH      int32 version | int32 reserved | int64 client             first frame of a client's second connection
 * ATTACHED    (nothing)
 * CREATE      id (20) | int32 metadata size | int64 data size
 * CREATED     int32 error | int32 segment | int64 data offset | text of the error (rest)
 * ABORT       id (20)                                                   no answer
 * SEAL        id (20)                                                   no answer
 * DRAIN       (nothing)                                                 answered when the ring is empty
 * DRAINED     int32 error | text of the error (rest)
 * DOORBELL    (nothing)                                                 no answer
 * DELETE      ids                       DELETED  int32 how many were there
 * LOCATE      ids                       LOCATED  one byte for each id, 1 when it is sealed
 * WATCH       ids                       no answer but SEALED_NOW later, on the second connection
 * UNWATCH     ids                       no answer
 * SEALED_NOW  ids
 *
 * ids:        int32 count | 20 bytes for each
 *
 * in the ring, as messages of Agrona's many-to-one ring buffer:
 * PUT_RECORD  id (20) | int32 metadata size | int64 data size | data | metadata
 * SEAL_RECORD id (20)
 * </pre>
 *
 * <p>A client's first connection carries calls: one request, then its answer, then the next. The second carries what the store
 * says unasked, and is optional. The end of the first connection is the end of the client.
 */
public final class StoreProtocol {
    /** Version field of every frame. */
    public static final long FRAME_VERSION = 0;

    /** Length of a frame's header. */
    public static final int HEADER_LENGTH = 24;

    /** Where the type is in a frame. */
    public static final int TYPE_FIELD = 8;

    /** Where the length of the body is in a frame. */
    public static final int LENGTH_FIELD = 16;

    /** The smallest of our own types. */
    public static final int FIRST_TYPE = 1000;

    /** Longest body of our own types. */
    public static final int MAX_BODY = 1 << 20;

    /** Type of {@code OPEN}. */
    public static final int OPEN = 1000;

    /** Type of {@code OPENED}. */
    public static final int OPENED = 1001;

    /** Type of {@code ATTACH}. */
    public static final int ATTACH = 1002;

    /** Type of {@code ATTACHED}. */
    public static final int ATTACHED = 1003;

    /** Type of {@code CREATE}. */
    public static final int CREATE = 1004;

    /** Type of {@code CREATED}. */
    public static final int CREATED = 1005;

    /** Type of {@code ABORT}. */
    public static final int ABORT = 1006;

    /** Type of {@code SEAL}. */
    public static final int SEAL = 1008;

    /** Type of {@code DRAIN}. */
    public static final int DRAIN = 1010;

    /** Type of {@code DRAINED}. */
    public static final int DRAINED = 1011;

    /** Type of {@code DOORBELL}. */
    public static final int DOORBELL = 1012;

    /** Type of {@code DELETE}. */
    public static final int DELETE = 1014;

    /** Type of {@code DELETED}. */
    public static final int DELETED = 1015;

    /** Type of {@code LOCATE}. */
    public static final int LOCATE = 1016;

    /** Type of {@code LOCATED}. */
    public static final int LOCATED = 1017;

    /** Type of {@code WATCH}. */
    public static final int WATCH = 1018;

    /** Type of {@code UNWATCH}. */
    public static final int UNWATCH = 1020;

    /** Type of {@code SEALED_NOW}. */
    public static final int SEALED_NOW = 1021;

    /** Type of a put in the ring. */
    public static final int PUT_RECORD = 1;

    /** Type of a seal in the ring. */
    public static final int SEAL_RECORD = 2;

    /** No error. */
    public static final int OK = 0;

    /** The object is there already. */
    public static final int OBJECT_EXISTS = 1;

    /** No room. */
    public static final int STORE_FULL = 2;

    /** The request makes no sense. */
    public static final int INVALID = 3;

    /** Where {@code OPENED} has the pid. */
    public static final int OPENED_PID = 4;

    /** Where {@code OPENED} and {@code ATTACH} have the client's number. */
    public static final int CLIENT_FIELD = 8;

    /** Where {@code OPENED} has the descriptor of the index. */
    public static final int OPENED_INDEX = 16;

    /** Where {@code OPENED} has the descriptor of the pin page. */
    public static final int OPENED_PINS = 20;

    /** Where {@code OPENED} has the descriptor of the ring. */
    public static final int OPENED_RING = 24;

    /** Where {@code OPENED} has the length of the ring. */
    public static final int OPENED_RING_LENGTH = 28;

    /** Length of {@code OPENED}. */
    public static final int OPENED_LENGTH = 32;

    /** Length of {@code OPEN}. */
    public static final int OPEN_LENGTH = 4;

    /** Length of {@code ATTACH}. */
    public static final int ATTACH_LENGTH = 16;

    /** Where {@code CREATE} and a put have the metadata size. */
    public static final int METADATA_SIZE_FIELD = PlasmaId.LENGTH;

    /** Where {@code CREATE} and a put have the data size. */
    public static final int DATA_SIZE_FIELD = METADATA_SIZE_FIELD + Integer.BYTES;

    /** Length of {@code CREATE}, and of a put before its data. */
    public static final int CREATE_LENGTH = DATA_SIZE_FIELD + Long.BYTES;

    /** Where {@code CREATED} has the segment. */
    public static final int CREATED_SEGMENT = 4;

    /** Where {@code CREATED} has the offset. */
    public static final int CREATED_OFFSET = 8;

    /** Length of {@code CREATED} before the text. */
    public static final int CREATED_LENGTH = 16;

    /** Most ids in one message. */
    public static final int MAX_IDS = (MAX_BODY - Integer.BYTES) / PlasmaId.LENGTH;

    private StoreProtocol() {}

    /**
     * Writes the header of a frame.
     *
     * @param buffer where to.
     * @param offset where the frame begins.
     * @param type   of the message.
     * @param length of the body.
     */
    public static void putHeader(MutableDirectBuffer buffer, int offset, int type, int length) {
        buffer.putLong(offset, FRAME_VERSION);
        buffer.putLong(offset + TYPE_FIELD, type);
        buffer.putLong(offset + LENGTH_FIELD, length);
    }

    /**
     * Writes an id.
     *
     * @param buffer where to.
     * @param offset where it begins.
     * @param id     to write.
     */
    public static void putId(MutableDirectBuffer buffer, int offset, PlasmaId id) {
        buffer.putLong(offset, id.first());
        buffer.putLong(offset + Long.BYTES, id.second());
        buffer.putInt(offset + 2 * Long.BYTES, id.third());
    }

    /**
     * Reads an id.
     *
     * @param buffer where from.
     * @param offset where it begins.
     * @return the id.
     */
    public static PlasmaId id(DirectBuffer buffer, int offset) {
        return new PlasmaId(
                buffer.getLong(offset), buffer.getLong(offset + Long.BYTES), buffer.getInt(offset + 2 * Long.BYTES));
    }

    /**
     * Where an id is in a list.
     *
     * @param offset where the list begins.
     * @param number of the id in it, from 0; the count gives the end of the list.
     * @return its offset.
     */
    public static int idOffset(int offset, int number) {
        return offset + Integer.BYTES + number * PlasmaId.LENGTH;
    }

    /**
     * Length of a list of ids.
     *
     * @param count how many.
     * @return bytes.
     */
    public static int idsLength(int count) {
        return Integer.BYTES + count * PlasmaId.LENGTH;
    }
}

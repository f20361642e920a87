// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import com.google.flatbuffers.Table;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.thornback.api.store.PlasmaId;

/**
 * What Arrow's clients are told of an object in a list or a notification.
 *
 * @param id             of the object.
 * @param createdSeconds when it was created, since 1970.
 * @param sealedSeconds  how long after that it was sealed.
 */
record ArrowInfo(PlasmaId id, long createdSeconds, long sealedSeconds) {

    /** Those in a message. */
    static List<ArrowInfo> all(ByteBuffer message) {
        return new Node(message, message.getInt(0)).infos();
    }

    /** A table, read by the library. */
    private static final class Node extends Table {
        private static final int FIRST = 4;
        private static final int CREATED = 12;
        private static final int SEALED = 14;

        private Node(ByteBuffer message, int position) {
            __reset(position, message);
        }

        private List<ArrowInfo> infos() {
            int field = __offset(FIRST);
            return IntStream.range(0, __vector_len(field))
                    .mapToObj(number -> new Node(bb, __indirect(__vector(field) + number * Integer.BYTES)).info())
                    .toList();
        }

        private ArrowInfo info() {
            byte[] id = new byte[PlasmaId.LENGTH];
            __vector_as_bytebuffer(FIRST, 1).get(id);
            return new ArrowInfo(PlasmaId.of(id), number(CREATED), number(SEALED));
        }

        private long number(int field) {
            int offset = __offset(field);
            return offset == 0 ? 0 : bb.getLong(bb_pos + offset);
        }
    }
}

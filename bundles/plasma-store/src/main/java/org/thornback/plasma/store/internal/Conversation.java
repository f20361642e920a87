// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import org.thornback.layout.SegmentBuffer;

/** One connection's talk in one family of messages: ours, or Arrow's. Called on the conductor. */
interface Conversation {

    /** A family of messages that shares the socket with others. */
    interface Family {

        /** Whether a connection whose first frame has this type is of the family. */
        boolean opensWith(long type);

        /** Longest body of its messages. */
        int maxBody();

        Conversation begin(Connection connection);
    }

    /**
     * A whole frame arrived; the bytes are valid during the call.
     *
     * @throws MalformedInputException when it makes no sense; ends the connection.
     */
    void onMessage(long type, SegmentBuffer buffer, int offset, int length);

    /**
     * A descriptor arrived that {@link Connection#expectDescriptor} was called for; it belongs to the conversation.
     *
     * @throws MalformedInputException when there is no use for it; ends the connection.
     */
    default void onDescriptor(int descriptor) {
        Linux.close(descriptor);
        throw new MalformedInputException("a descriptor came that nobody expected");
    }

    /** The connection ended, whichever side ended it. */
    void onClosed();
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.transport;

import org.thornback.api.ThornbackException;
import org.thornback.api.ThornbackException.Category;

/**
 * Layout of a frame on a connection; all numbers little-endian.
 *
 * <pre>
 *  0                   4
 * +-------------------+------------------------------------------+
 * | int32 length      | SBE message header (8) and message       |
 * +-------------------+------------------------------------------+
 * </pre>
 *
 * <p>{@code length} counts what follows it.
 */
public final class FrameDescriptor {
    /** Version of the messages, checked in every handshake. */
    public static final int PROTOCOL_VERSION = 1;

    /** Bytes before the message. */
    public static final int HEADER_LENGTH = Integer.BYTES;

    /** Length of the SBE message header. */
    public static final int MESSAGE_HEADER_LENGTH = 8;

    /** Longest frame: larger values travel through shared memory. */
    public static final int MAX_LENGTH = 64 << 20;

    private FrameDescriptor() {}

    /**
     * Checks a length that came from the other side.
     *
     * @param length as read.
     */
    public static void checkLength(int length) {
        if (length < MESSAGE_HEADER_LENGTH || length > MAX_LENGTH) {
            throw new ThornbackException(
                    Category.FATAL,
                    "frame length=%d is not between %d and %d: the other side does not speak this protocol"
                            .formatted(length, MESSAGE_HEADER_LENGTH, MAX_LENGTH));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.transport;

import org.thornback.layout.SegmentBuffer;

/** What becomes of the frames of one connection. Both methods are called by the thread that polls, one at a time. */
public interface FrameHandler {

    /**
     * A whole frame arrived. The bytes are valid only during this call.
     *
     * @param channel it came on.
     * @param buffer  holds it.
     * @param offset  where the SBE message header begins.
     * @param length  of header and message in bytes.
     */
    void onFrame(FrameChannel channel, SegmentBuffer buffer, int offset, int length);

    /**
     * The connection ended, whichever side ended it. Called once; no frame comes afterwards.
     *
     * @param channel that ended.
     */
    void onClosed(FrameChannel channel);
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.transport;

import java.lang.foreign.MemorySegment;
import org.osgi.annotation.versioning.ConsumerType;

/** What becomes of the frames of one connection. Called by the thread that polls, one call at a time. */
@ConsumerType
public interface FrameReceiver {

    /**
     * A whole frame arrived.
     *
     * @param link   it came on.
     * @param memory holds it; valid only during this call.
     * @param offset where the SBE message header begins.
     * @param length of header and message in bytes.
     */
    void onFrame(FrameLink link, MemorySegment memory, int offset, int length);

    /**
     * The connection ended, whichever side ended it. Called once.
     *
     * @param link that ended.
     */
    void onClosed(FrameLink link);
}

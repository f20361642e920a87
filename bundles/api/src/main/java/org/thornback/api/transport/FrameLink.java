// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.transport;

import java.lang.foreign.MemorySegment;
import org.osgi.annotation.versioning.ProviderType;

/** One connection. Safe from any thread. */
@ProviderType
public interface FrameLink {

    /**
     * Sends a frame; what the socket does not take at once is kept and sent later.
     *
     * @param message holds SBE header and message; copied.
     * @param length  of both in bytes.
     */
    void send(MemorySegment message, int length);

    /** Ends the connection after what was sent; the receiver hears of it. */
    void close();
}

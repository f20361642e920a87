// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.transport;

import java.nio.file.Path;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Serves the connections of one component. {@link #poll} is called by one thread, everything else by any.
 */
@ProviderType
public interface FramePoller extends AutoCloseable {

    /**
     * Listens on a UNIX socket of mode 0600; only the same user's processes are let in.
     *
     * @param socket   at most 107 bytes long.
     * @param accepted gives the receiver of each connection.
     */
    void listen(Path socket, Function<FrameLink, FrameReceiver> accepted);

    /**
     * Waits for something to do and does it. Every byte that had arrived when the wait ended is delivered.
     *
     * @param timeoutNanos longest wait; {@link Long#MAX_VALUE} for ever.
     */
    void poll(long timeoutNanos);

    /** Makes a waiting poll return. */
    void wakeup();

    /** Ends all connections and removes the sockets. */
    @Override
    void close();
}

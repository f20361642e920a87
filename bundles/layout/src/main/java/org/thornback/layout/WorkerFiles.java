// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import java.nio.file.Path;

/** Names of the files a worker keeps beside its raylet's socket. Stateless. */
public final class WorkerFiles {
    private static final int ID_DIGITS = 12;

    private WorkerFiles() {}

    /**
     * Where a worker listens. The raylet knows it by name: a worker may be killed before it could tell.
     *
     * @param rayletSocket of its node.
     * @param workerId     in hexadecimal digits.
     * @return the socket; a short name, for sockets may have no more than 107 bytes.
     */
    public static Path socket(Path rayletSocket, String workerId) {
        return rayletSocket.resolveSibling("w-" + workerId.substring(0, ID_DIGITS));
    }

    /**
     * Where a worker notes which calls it has started, for those who ask after its death.
     *
     * @param socket of the worker.
     * @return the file.
     */
    public static Path startedPage(Path socket) {
        return socket.resolveSibling(socket.getFileName() + ".started");
    }
}

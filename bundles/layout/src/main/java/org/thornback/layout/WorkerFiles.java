// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import java.nio.file.Path;

/** Names of the files a worker keeps beside its socket. Stateless. */
public final class WorkerFiles {
    private WorkerFiles() {}

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

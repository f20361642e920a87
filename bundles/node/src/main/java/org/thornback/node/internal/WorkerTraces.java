// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.layout.WorkerFiles;

/**
 * Removes what a dead worker left beside its socket. The socket goes at once; the page that tells which calls had started goes
 * a while later, for owners read it when they learn of the death. Owned by the conductor.
 */
final class WorkerTraces {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Deque<Page> pages = new ArrayDeque<>();

    /** A page and since when nobody writes it. */
    private record Page(Path file, long since) {}

    /** A worker is gone, whether it had come to listen or not. */
    void ended(Path socket, long nowNanos) {
        delete(socket);
        pages.add(new Page(WorkerFiles.startedPage(socket), nowNanos));
    }

    /** Removes pages that owners had time enough to read. */
    void sweep(long nowNanos) {
        while (!pages.isEmpty() && nowNanos - pages.peek().since() > GRACE_NANOS) {
            delete(pages.poll().file());
        }
    }

    /** When to sweep although nothing happens: nanoseconds from now, {@link Long#MAX_VALUE} for not at all. */
    long nextSweepNanos(long nowNanos) {
        return pages.isEmpty() ? Long.MAX_VALUE : Math.max(0, pages.peek().since() + GRACE_NANOS - nowNanos) + 1;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            LOG.warn("{} could not be removed: {}", file, stays.toString());
        }
    }
}

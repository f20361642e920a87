// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from the kernel when something happens in a directory. It only makes looks come sooner: where the kernel says nothing,
 * as on network file systems, the next look of the clock finds the same.
 */
final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");

    private final WatchService service;
    private final Runnable onEvent;
    private WatchKey key;

    /**
     * Watches nothing yet.
     *
     * @param onEvent runs on a thread of the watch.
     */
    FolderWatch(Runnable onEvent) throws IOException {
        this.onEvent = requireNonNull(onEvent, "onEvent");
        service = FileSystems.getDefault().newWatchService();
        Thread.ofVirtual().name("ray-deploy-watch").start(this::run);
    }

    /** Watches a directory unless it does already; one that has come again is watched again. One thread. */
    void ensure(Path directory) {
        if (key != null && key.isValid() || !Files.isDirectory(directory)) {
            return;
        }
        try {
            key = directory.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException unwatched) {
            LOG.debug("directory {} is only looked at now and then: {}", directory, unwatched.toString());
        }
    }

    private void run() {
        try {
            while (true) {
                WatchKey told = service.take();
                told.pollEvents();
                told.reset();
                onEvent.run();
            }
        } catch (ClosedWatchServiceException | InterruptedException ended) {
            LOG.debug("the deploy folder is watched no more");
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            LOG.debug("the watch of the deploy folder did not end cleanly", e);
        }
    }
}

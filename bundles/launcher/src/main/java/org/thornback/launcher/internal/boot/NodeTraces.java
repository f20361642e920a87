// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.session.Session;
import org.thornback.launcher.internal.home.Trees;
import org.thornback.launcher.internal.record.NodeRecord;
import org.thornback.launcher.internal.record.ProcessId;

/**
 * What the launcher leaves in the file system while a node runs, and takes away when it ends: framework storage, record, and
 * the file {@value #CURRENT} that names the last cluster a user started.
 *
 * <p>Used under the lock of {@link NodeStart}.
 */
final class NodeTraces {
    /** File below the root temporary directory with {@code host:port} of the last {@code ray start --head}. */
    static final String CURRENT = "ray_current_cluster";

    private static final Logger LOG = LoggerFactory.getLogger("ray.launcher");

    private final Path storages;
    private NodeRecord left;

    /**
     * Clears what crashed nodes left.
     *
     * @param storages directory with one framework storage for each node JVM, named {@code <pid>-<start ticks>}.
     */
    NodeTraces(Path storages) {
        this.storages = requireNonNull(storages, "storages");
        try (DirectoryStream<Path> all = Files.newDirectoryStream(storages)) {
            for (Path storage : all) {
                if (!owner(storage).map(ProcessId::alive).orElse(false)) {
                    Trees.delete(storage);
                }
            }
        } catch (IOException noneYet) {
            LOG.debug("no framework storage to look through: {}", noneYet.toString());
        }
    }

    /**
     * Directory for the framework of this process.
     *
     * @return not yet made.
     */
    Path storage() {
        ProcessId self = ProcessId.self();
        return storages.resolve(self.pid() + "-" + self.startTicks());
    }

    private static Optional<ProcessId> owner(Path storage) {
        String[] parts = storage.getFileName().toString().split("-");
        try {
            return Optional.of(new ProcessId(Long.parseLong(parts[0]), Long.parseLong(parts[parts.length - 1])));
        } catch (NumberFormatException foreign) {
            return Optional.empty();
        }
    }

    /** Writes the record and, for a node a user started, the name of the cluster. */
    void leave(NodeRecord record) {
        left = record;
        try {
            record.write();
            if (!record.owned()) {
                Path fresh = current()
                        .resolveSibling(CURRENT + "." + record.process().pid());
                Files.writeString(fresh, record.node().redisAddress() + "\n", StandardCharsets.UTF_8);
                Files.move(fresh, current(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException full) {
            LOG.error("the record of this node could not be written: commands and drivers will not find it", full);
        }
    }

    /** Removes what {@link #leave} wrote, as far as it is still this node's. */
    void remove() {
        if (left == null) {
            return;
        }
        try {
            Files.deleteIfExists(NodeRecord.file(
                    left.node().sessionDirectory(), left.process().pid()));
            if (!left.owned()
                    && Files.exists(current())
                    && Files.readString(current()).strip().equals(left.node().redisAddress())) {
                Files.delete(current());
            }
        } catch (IOException gone) {
            LOG.warn("the record of this node could not be removed: {}", gone.toString());
        }
        left = null;
    }

    private Path current() {
        return left.node().sessionDirectory().resolveSibling(CURRENT);
    }

    /**
     * Deletes the session of a node that never came up, and points {@code session_latest} at the newest one left.
     *
     * @param session the session; null when there was none yet.
     */
    void removeSession(Session session) {
        if (session == null) {
            return;
        }
        Path directory = session.directory();
        Path latest = directory.resolveSibling("session_latest");
        try {
            Trees.delete(directory);
            if (Files.isSymbolicLink(latest) && !Files.exists(latest)) {
                Files.delete(latest);
                try (Stream<Path> sessions = Files.list(directory.getParent())) {
                    Optional<Path> newest = sessions.filter(
                                    path -> path.getFileName().toString().startsWith("session_2"))
                            .max(Comparator.comparing(path -> path.getFileName().toString()));
                    if (newest.isPresent()) {
                        Files.createSymbolicLink(latest, newest.get().getFileName());
                    }
                }
            }
        } catch (IOException left) {
            LOG.warn("session {} could not be removed: {}", directory, left.toString());
        }
    }
}

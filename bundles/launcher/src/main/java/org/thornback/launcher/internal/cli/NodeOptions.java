// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.thornback.launcher.internal.record.NodeChoice;
import org.thornback.launcher.internal.record.RunningNode;
import org.thornback.launcher.internal.record.RunningNodes;
import picocli.CommandLine.Option;

/** Options that narrow a command to some of this user's nodes on this machine. */
final class NodeOptions {
    @Option(names = "--session", paramLabel = "<name>", description = "Only the nodes of this session.")
    private String session;

    @Option(names = "--temp-dir", paramLabel = "<directory>", description = "Only nodes below this root directory.")
    private Path tempDir;

    @Option(names = "--address", paramLabel = "<host:port>", description = "Only nodes of the cluster there.")
    private String address;

    /**
     * Nodes that run and are meant.
     *
     * @param owned those of drivers, too.
     * @return by session, the newest last.
     */
    List<RunningNode> matching(boolean owned) {
        NodeChoice choice = new NodeChoice(
                Optional.ofNullable(session), Optional.ofNullable(tempDir), Optional.ofNullable(address), owned);
        return new RunningNodes().list().stream().filter(choice).toList();
    }

    /**
     * The one node a question goes to: the newest a user started, else the newest of a driver.
     *
     * @return a node that answers; empty when none does.
     */
    Optional<RunningNode> newestReady() {
        List<RunningNode> ready = matching(true).stream()
                .filter(node -> node.record().isPresent())
                .toList();
        return ready.stream()
                .filter(node -> !node.owned())
                .reduce((first, last) -> last)
                .or(() -> ready.stream().reduce((first, last) -> last));
    }

    /** What was asked for, for a sentence. */
    String text() {
        StringBuilder text = new StringBuilder();
        if (session != null) {
            text.append(" --session=").append(session);
        }
        if (tempDir != null) {
            text.append(" --temp-dir=").append(tempDir);
        }
        if (address != null) {
            text.append(" --address=").append(address);
        }
        return text.toString();
    }
}

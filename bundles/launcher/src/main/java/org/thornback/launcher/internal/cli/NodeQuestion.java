// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.util.List;
import java.util.Optional;
import org.thornback.launcher.internal.command.CommandClient;
import org.thornback.launcher.internal.record.RunningNode;

/** Hands a command's words to the node that is meant, which answers. */
final class NodeQuestion {
    private NodeQuestion() {}

    /** Asks, with the answer on standard output; returns the exit status, 1 with a sentence when no node is there. */
    static int ask(NodeOptions nodes, String command, List<String> words) {
        Optional<RunningNode> node = nodes.newestReady();
        if (node.isEmpty()) {
            System.err.println("ray " + command + ": " + NoNode.sentence(nodes));
            return 1;
        }
        return CommandClient.run(
                node.get().record().orElseThrow().node().commandSocket(), command, words, System.out, System.err);
    }
}

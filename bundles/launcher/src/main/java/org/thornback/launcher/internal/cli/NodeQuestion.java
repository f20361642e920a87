// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thornback.api.command.CommandCatalogue;
import org.thornback.api.command.CommandProtocol;
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
        var socket = node.get().record().orElseThrow().node().commandSocket();
        int status = CommandClient.run(socket, command, words, System.out, System.err);
        if (status != CommandProtocol.UNCONFIRMED) {
            return status;
        }
        return Tty.agrees() ? CommandClient.run(socket, command, agreed(command, words), System.out, System.err) : 1;
    }

    /** A line of the shell is one word. */
    private static List<String> agreed(String command, List<String> words) {
        List<String> agreed = new ArrayList<>(words);
        String yes = CommandCatalogue.YES.name();
        if (command.equals("exec")) {
            agreed.addLast(agreed.removeLast() + " " + yes);
        } else {
            agreed.add(yes);
        }
        return agreed;
    }
}

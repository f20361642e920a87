// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thornback.launcher.internal.command.CommandClient;
import org.thornback.launcher.internal.record.RunningNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ray status}: asks a node what its cluster has and does. */
@Command(name = "status", description = "Shows nodes, resources, demands and the object store of a cluster.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private NodeOptions nodes;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show each node.")
    private boolean verbose;

    @Override
    public Integer call() {
        Optional<RunningNode> node = nodes.newestReady();
        if (node.isEmpty()) {
            System.err.println("ray status: " + NoNode.sentence(nodes));
            return 1;
        }
        List<String> arguments = new ArrayList<>();
        if (verbose) {
            arguments.add("--verbose");
        }
        return CommandClient.run(
                node.get().record().orElseThrow().node().commandSocket(), "status", arguments, System.out, System.err);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thornback.launcher.internal.command.CommandClient;
import org.thornback.launcher.internal.record.RunningNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ray exec}: hands a line to the Felix shell of a node. */
@Command(
        name = "exec",
        description = "Runs one line in the Felix shell of a node, for instance `ray exec \"lb plasma\"`.")
final class ExecCommand implements Callable<Integer> {
    @Parameters(paramLabel = "LINE", description = "Commands as the Felix shell has them; ours have the scope ray.")
    private String line;

    @Mixin
    private NodeOptions nodes;

    @Override
    public Integer call() {
        Optional<RunningNode> node = nodes.newestReady();
        if (node.isEmpty()) {
            System.err.println("ray exec: " + NoNode.sentence(nodes));
            return 1;
        }
        return CommandClient.run(
                node.get().record().orElseThrow().node().commandSocket(),
                "exec",
                List.of(line),
                System.out,
                System.err);
    }
}

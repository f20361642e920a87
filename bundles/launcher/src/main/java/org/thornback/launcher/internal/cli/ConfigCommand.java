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

/** {@code ray config}: hands the words to the node, which knows its options. */
@Command(
        name = "config",
        description =
                "Shows the options of a node (list, get KEY, explain KEY), or changes a live one (set KEY VALUE).")
final class ConfigCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..3",
            paramLabel = "list | get KEY | explain KEY | set KEY VALUE",
            description = "What to do.")
    private List<String> words;

    @Mixin
    private NodeOptions nodes;

    @Override
    public Integer call() {
        Optional<RunningNode> node = nodes.newestReady();
        if (node.isEmpty()) {
            System.err.println("ray config: " + NoNode.sentence(nodes));
            return 1;
        }
        return CommandClient.run(
                node.get().record().orElseThrow().node().commandSocket(), "config", words, System.out, System.err);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.util.List;
import java.util.concurrent.Callable;
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
        return NodeQuestion.ask(nodes, "config", words);
    }
}

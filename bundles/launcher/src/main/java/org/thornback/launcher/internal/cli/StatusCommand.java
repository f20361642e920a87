// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

    @Option(names = "--json", description = "Answer as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        List<String> words = new ArrayList<>();
        if (verbose) {
            words.add("--verbose");
        }
        if (json) {
            words.add("--json");
        }
        return NodeQuestion.ask(nodes, "status", words);
    }
}

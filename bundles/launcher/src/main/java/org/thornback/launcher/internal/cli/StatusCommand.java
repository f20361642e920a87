// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

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

    @Override
    public Integer call() {
        return NodeQuestion.ask(nodes, "status", verbose ? List.of("--verbose") : List.of());
    }
}

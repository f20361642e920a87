// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ray metrics}: what Prometheus would read, from a node that need not listen for it. */
@Command(name = "metrics", description = "Prints what a node measures now, in Prometheus' text format.")
final class MetricsCommand implements Callable<Integer> {
    @Mixin
    private NodeOptions nodes;

    @Override
    public Integer call() {
        return NodeQuestion.ask(nodes, "metrics", List.of());
    }
}

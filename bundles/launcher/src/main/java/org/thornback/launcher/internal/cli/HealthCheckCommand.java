// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ray health-check}: says nothing when all is well; the exit status is the answer. */
@Command(name = "health-check", description = "Exit status 0 when a node runs and a task can run on it, else 1.")
final class HealthCheckCommand implements Callable<Integer> {
    @Mixin
    private NodeOptions nodes;

    @Override
    public Integer call() {
        return NodeQuestion.ask(nodes, "health-check", List.of(), OutputStream.nullOutputStream());
    }
}

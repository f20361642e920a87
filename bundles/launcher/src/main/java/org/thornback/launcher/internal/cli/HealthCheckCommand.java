// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ray health-check}: asks a node's checks what they find; the exit status is the answer in short. */
@Command(
        name = "health-check",
        description =
                "Says what each health check of a node means and finds; exit status 0 when a task can run on it, else"
                        + " 1.")
final class HealthCheckCommand implements Callable<Integer> {
    @Mixin
    private NodeOptions nodes;

    @ArgGroup
    private Layout layout;

    /** How the answer is laid out, if not at length. */
    private static final class Layout {
        @Option(names = "--json", required = true, description = "Print JSON.")
        private boolean json;

        @Option(names = "--problems", required = true, description = "Print what is not well only, a line each.")
        private boolean problems;

        String word() {
            return json ? "--json" : "--problems";
        }
    }

    @Override
    public Integer call() {
        return NodeQuestion.ask(nodes, "health-check", layout == null ? List.of() : List.of(layout.word()));
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ray deploy}: hands the words to the node, which follows its deploy folder. */
@Command(
        name = "deploy",
        description = {
            "Shows the deploy folder of a node (list), puts a file there (add FILE), or takes one away (remove NAME).",
            "Files are bundles, jars with code of jobs, PID.cfg for Config Admin, and features."
        })
final class DeployCommand implements Callable<Integer> {
    @Parameters(arity = "1..2", paramLabel = "list | add FILE | remove NAME", description = "What to do.")
    private List<String> words;

    @Mixin
    private NodeOptions nodes;

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>(words);
        if (arguments.size() == 2 && arguments.getFirst().equals("add")) {
            arguments.set(1, Path.of(arguments.getLast()).toAbsolutePath().toString()); // the node is elsewhere
        }
        return NodeQuestion.ask(nodes, "deploy", arguments);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ray store}: hands the words to the node, which knows its backends. */
@Command(
        name = "store",
        description = {
            "Shows the backends of the object store (list), or lets new objects go to another one while everybody"
                    + " works (use NAME); those in the store follow."
        })
final class StoreCommand implements Callable<Integer> {
    @Parameters(arity = "1..2", paramLabel = "list | use NAME", description = "What to do.")
    private List<String> words;

    @Option(names = "--directory", paramLabel = "<directory>", description = "Where the backend's files go.")
    private Path directory;

    @Option(names = "--json", description = "Answer as JSON.")
    private boolean json;

    @Mixin
    private NodeOptions nodes;

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>(words);
        if (directory != null) {
            arguments.add("--directory=" + directory.toAbsolutePath());
        }
        if (json) {
            arguments.add("--json");
        }
        return NodeQuestion.ask(nodes, "store", arguments);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.thornback.api.command.CommandCatalogue;
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
        List<String> words = new ArrayList<>();
        Tty.of(Tty.OUTPUT)
                .flatMap(Tty::width)
                .ifPresent(width -> words.add(CommandCatalogue.WIDTH.name() + "=" + width));
        words.add(CommandCatalogue.FROM.name() + "=" + Path.of("").toAbsolutePath());
        words.add(line);
        return NodeQuestion.ask(nodes, "exec", words);
    }
}

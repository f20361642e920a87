// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thornback.launcher.internal.record.RunningNode;
import org.thornback.launcher.internal.shell.Lines;
import org.thornback.launcher.internal.shell.NodeShell;
import org.thornback.launcher.internal.shell.PipedLines;
import org.thornback.launcher.internal.shell.TypedLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ray shell}: one line after another goes to the shell of a node. */
@Command(
        name = "shell",
        description = {
            "Attaches to a node: each line is one of the Felix shell, as for `ray exec`; `help` lists ours, and the"
                    + " tabulator completes commands, options, ids and names. `exit` or Ctrl-D ends it.",
            "Lines may come through a pipe, too; the exit status is that of the last one."
        })
final class ShellCommand implements Callable<Integer> {
    @Mixin
    private NodeOptions nodes;

    @Option(names = "--node", hidden = true, paramLabel = "<pid>", description = "The node that is this process.")
    private Long pid;

    @Override
    public Integer call() throws IOException {
        Optional<RunningNode> node = pid == null
                ? nodes.newestReady()
                : nodes.matching(true).stream()
                        .filter(one ->
                                one.process().pid() == pid && one.record().isPresent())
                        .findFirst();
        if (node.isEmpty()) {
            System.err.println("ray shell: " + NoNode.sentence(nodes));
            return 1;
        }
        Path socket = node.get().record().orElseThrow().node().commandSocket();
        boolean typed = Tty.of(Tty.INPUT).isPresent() && Tty.of(Tty.OUTPUT).isPresent();
        try (Lines lines = typed ? TypedLines.open(socket) : new PipedLines(System.in)) {
            return new NodeShell(socket, lines).run();
        }
    }
}

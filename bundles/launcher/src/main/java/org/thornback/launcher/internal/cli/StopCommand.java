// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.thornback.launcher.internal.record.NodeStopper;
import org.thornback.launcher.internal.record.RunningNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ray stop}: ends the nodes this user started on this machine, and nobody else's. */
@Command(name = "stop", description = "Ends every node you started with `ray start` on this machine.")
final class StopCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NodeOptions nodes;

    @Option(names = "--all", description = "End clusters that belong to a running driver, too.")
    private boolean all;

    @Option(
            names = {"-f", "--force"},
            description = "Kill at once; nothing is put in order.")
    private boolean force;

    @Option(
            names = {"-g", "--grace-period"},
            paramLabel = "<seconds>",
            defaultValue = "16",
            description = "Time to end in order before a process is killed (default ${DEFAULT-VALUE}).")
    private int grace;

    @Override
    public Integer call() {
        if (grace < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--grace-period=" + grace + " is negative, expected seconds.");
        }
        List<RunningNode> chosen = nodes.matching(all);
        if (chosen.isEmpty()) {
            System.out.println("Did not find any active Ray processes"
                    + (nodes.text().isEmpty() ? "." : " for" + nodes.text() + ".") + ownedRemark());
            return 0;
        }
        NodeStopper.Result result = NodeStopper.stop(chosen, force ? Duration.ZERO : Duration.ofSeconds(grace));
        if (!force) {
            for (long pid : result.killed()) {
                System.err.println("ray stop: pid=" + pid + " did not end within " + grace + " s and was killed.");
            }
        }
        if (result.left().isEmpty()) {
            System.out.println("Stopped all " + result.processes() + " Ray processes.");
            return 0;
        }
        System.err.println(
                "ray stop: stopped only " + (result.processes() - result.left().size()) + " out of "
                        + result.processes() + " Ray processes; these still run: " + result.left() + ".");
        return 1;
    }

    private String ownedRemark() {
        long owned = nodes.matching(true).size();
        return owned == 0 || all
                ? ""
                : " (" + owned + (owned == 1 ? " cluster belongs to a driver" : " clusters belong to drivers")
                        + " and ends with it; --all ends it now.)";
    }
}

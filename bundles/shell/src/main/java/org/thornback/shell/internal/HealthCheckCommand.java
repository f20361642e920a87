// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.io.PrintStream;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.cluster.ClusterView;
import org.thornback.api.command.NodeCommand;

/** {@code ray health-check}: asks the raylet for a sign of life. Safe from any thread. */
@Component(property = NodeCommand.NAME + "=health-check")
public final class HealthCheckCommand implements NodeCommand {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ClusterView view;

    /** Waits for a raylet to ask. */
    @Activate
    public HealthCheckCommand() {}

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        return StatusAnswer.ask(view, "health-check", err).isPresent() ? 0 : 1;
    }
}

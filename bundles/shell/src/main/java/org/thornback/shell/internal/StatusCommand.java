// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.io.PrintStream;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.cluster.ClusterView;
import org.thornback.api.cluster.NodeStatus;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.health.NodeParts;
import org.thornback.api.store.ObjectStore;

/** {@code ray status}: asks raylet and store, shows what they say. Safe from any thread. */
@Component(property = NodeCommand.NAME + "=status")
public final class StatusCommand implements NodeCommand {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ClusterView view;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ObjectStore store;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile NodeParts parts;

    /** Waits for somebody to ask. */
    @Activate
    public StatusCommand() {}

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        boolean verbose = arguments.contains("--verbose");
        Optional<NodeStatus> status = StatusAnswer.ask(view, "status", err);
        ObjectStore asked = store;
        status.ifPresent(answer -> out.print(StatusPage.text(
                answer,
                asked == null ? Optional.empty() : Optional.of(asked.statistics()),
                LocalDateTime.now(),
                verbose)));
        missing().forEach(sentence -> (status.isPresent() ? out : err).println("Missing: " + sentence));
        return status.isPresent() ? 0 : 1;
    }

    private List<String> missing() {
        NodeParts asked = parts;
        return asked == null
                ? List.of()
                : Stream.concat(asked.stoppedBundles().stream(), asked.idleComponents().stream())
                        .toList();
    }
}

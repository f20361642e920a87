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
import org.thornback.api.store.StoreStatistics;

/** {@code ray status}: asks raylet and store, shows what they say. Safe from any thread. */
@Component(service = NodeCommand.class, property = NodeCommand.NAME + "=status")
public final class StatusCommand extends CheckedCommand {
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
    public StatusCommand() {
        super("status");
    }

    @Override
    int answer(String word, Words words, PrintStream out, PrintStream err) {
        NodeStatus status;
        try {
            status = Question.raylet(view, ClusterView::status);
        } catch (RefusedException away) {
            missing().forEach(sentence -> err.println("Missing: " + sentence));
            throw away;
        }
        Optional<StoreStatistics> statistics = Optional.ofNullable(store).map(ObjectStore::statistics);
        if (words.has("--json")) {
            out.print(StatusJson.text(status, statistics, missing()));
            return 0;
        }
        out.print(StatusPage.text(status, statistics, LocalDateTime.now(), words.has("--verbose")));
        missing().forEach(sentence -> out.println("Missing: " + sentence));
        return 0;
    }

    private List<String> missing() {
        NodeParts asked = parts;
        return asked == null
                ? List.of()
                : Stream.concat(asked.stoppedBundles().stream(), asked.idleComponents().stream())
                        .toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.policy.hybrid.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LiveOptions;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.SchedulingPolicy;

/**
 * Packs onto nodes that are less than half used, then spreads: Ray's default policy. How much counts as half is an option.
 *
 * <ul>
 *   <li>A node's score is the highest share in use of its CPU, memory and object store memory, 0 below the threshold.
 *   <li>The asking node wins when none is better; else one of the best fifth, at most {@value #MOST_BEST}, at random.
 *   <li>What needs no GPU goes to nodes that have none, as long as one of them has room.
 * </ul>
 *
 * <p>Owned by the thread that calls it, except for the option: other threads say what it is, the next choice goes by it.
 */
@Component(
        service = {SchedulingPolicy.class, LiveOptions.class},
        property = SchedulingPolicy.NAME + "=hybrid")
public final class HybridPolicy implements SchedulingPolicy, LiveOptions {
    private static final int MOST_BEST = 8;
    private static final int BEST_SHARE = 5;

    private final Map<BinaryId, Node> nodes = new HashMap<>();
    private final NodeIndex withGpus = new NodeIndex();
    private final NodeIndex withoutGpus = new NodeIndex();
    private volatile int threshold = 50;
    private int indexed = threshold;

    /** Starts without nodes. */
    @Activate
    public HybridPolicy() {}

    /**
     * The configuration is there.
     *
     * @param configuration says how full is too full.
     */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void setConfiguration(Configuration configuration) {
        take(configuration);
    }

    /**
     * The configuration has gone; what it said still holds.
     *
     * @param configuration that goes.
     */
    public void unsetConfiguration(Configuration configuration) {
        // nothing changes until another one says otherwise
    }

    @Override
    public Set<Option<?>> options() {
        return Set.of(OptionCatalogue.SCHEDULER_SPREAD_THRESHOLD);
    }

    @Override
    public void take(Configuration now) {
        threshold = now.value(OptionCatalogue.SCHEDULER_SPREAD_THRESHOLD);
    }

    @Override
    public void changed(BinaryId id, Map<String, Long> total, Map<String, Long> available) {
        Node node = nodes.computeIfAbsent(id, Node::new);
        if (node.index() != null) {
            node.index().remove(node);
        }
        node.changed(total, available);
        add(node);
    }

    private void add(Node node) {
        (node.hasGpus() ? withGpus : withoutGpus).add(node, indexed);
    }

    /** The threshold is another one: every node may stand elsewhere. */
    private void indexAgain() {
        nodes.values().forEach(node -> node.index().remove(node));
        indexed = threshold;
        nodes.values().forEach(this::add);
    }

    @Override
    public void removed(BinaryId id) {
        Node node = nodes.remove(id);
        if (node != null) {
            node.index().remove(node);
        }
    }

    @Override
    public Optional<BinaryId> choose(Map<String, Long> resources, BinaryId local) {
        if (indexed != threshold) {
            indexAgain();
        }
        Node own = nodes.get(local);
        int most = Math.clamp(nodes.size() / BEST_SHARE, 1, MOST_BEST);
        Optional<Node> chosen = Node.needsGpus(resources) ? Optional.empty() : withoutGpus.choose(resources, own, most);
        return chosen.or(() -> withGpus.choose(resources, own, most))
                .or(() -> feasible(resources, own))
                .map(Node::id);
    }

    /** Nobody has room now: whoever could ever grant it lets it wait, the asking node first. */
    private Optional<Node> feasible(Map<String, Long> resources, Node own) {
        if (own != null && own.couldEverRun(resources)) {
            return Optional.of(own);
        }
        return nodes.values().stream()
                .filter(node -> node.couldEverRun(resources))
                .findFirst();
    }
}

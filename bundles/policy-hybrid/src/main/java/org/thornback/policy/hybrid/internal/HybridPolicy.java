// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.policy.hybrid.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.SchedulingPolicy;

/**
 * Packs onto nodes that are less than half used, then spreads: Ray's default policy.
 *
 * <ul>
 *   <li>A node's score is the highest share in use of its CPU, memory and object store memory, 0 below one half.
 *   <li>The asking node wins when none is better; else one of the best fifth, at most {@value #MOST_BEST}, at random.
 *   <li>What needs no GPU goes to nodes that have none, as long as one of them has room.
 * </ul>
 *
 * <p>Owned by the thread that calls it.
 */
@Component(property = SchedulingPolicy.NAME + "=hybrid")
public final class HybridPolicy implements SchedulingPolicy {
    private static final int MOST_BEST = 8;
    private static final int BEST_SHARE = 5;

    private final Map<BinaryId, Node> nodes = new HashMap<>();
    private final NodeIndex withGpus = new NodeIndex();
    private final NodeIndex withoutGpus = new NodeIndex();

    /** Starts without nodes. */
    @Activate
    public HybridPolicy() {}

    @Override
    public void changed(BinaryId id, Map<String, Long> total, Map<String, Long> available) {
        Node node = nodes.computeIfAbsent(id, Node::new);
        if (node.index() != null) {
            node.index().remove(node);
        }
        node.changed(total, available);
        (node.hasGpus() ? withGpus : withoutGpus).add(node);
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

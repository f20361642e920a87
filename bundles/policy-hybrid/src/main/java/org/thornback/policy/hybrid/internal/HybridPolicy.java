// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.policy.hybrid.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.SchedulingPolicy;

/**
 * Packs onto nodes that are less than half used, then spreads: Ray's default policy.
 *
 * <p>A node's score is the highest share in use of its CPU, memory and object store memory, 0 below one half. Nodes are kept
 * in buckets by score, so a choice looks at a few of the best and never at all. The asking node wins when none is better;
 * else one of the best {@value #BEST} at random. Owned by the thread that calls it.
 */
@Component(property = SchedulingPolicy.NAME + "=hybrid")
public final class HybridPolicy implements SchedulingPolicy {
    private static final double SPREAD_THRESHOLD = 0.5;
    private static final int BUCKETS = 64;
    private static final int BEST = 8;
    private static final int LOOKS = 64;
    private static final List<String> SCORED = List.of("CPU", "memory", "object_store_memory");

    private final Map<BinaryId, Node> nodes = new HashMap<>();
    private final TreeMap<Integer, List<Node>> buckets = new TreeMap<>();

    private static final class Node {
        private final BinaryId id;
        private Map<String, Long> total;
        private Map<String, Long> available;
        private int bucket;
        private int place;

        Node(BinaryId id) {
            this.id = id;
        }

        boolean fits(Map<String, Long> wanted, Map<String, Long> has) {
            for (Map.Entry<String, Long> want : wanted.entrySet()) {
                if (want.getValue() > has.getOrDefault(want.getKey(), 0L)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Starts without nodes. */
    @Activate
    public HybridPolicy() {}

    @Override
    public void changed(BinaryId id, Map<String, Long> total, Map<String, Long> available) {
        Node node = nodes.get(id);
        if (node == null) {
            node = new Node(id);
            nodes.put(id, node);
        } else {
            leaveBucket(node);
        }
        node.total = Map.copyOf(total);
        node.available = Map.copyOf(available);
        enterBucket(node, bucket(node));
    }

    @Override
    public void removed(BinaryId id) {
        Node node = nodes.remove(id);
        if (node != null) {
            leaveBucket(node);
        }
    }

    @Override
    public Optional<BinaryId> choose(Map<String, Long> resources, BinaryId local) {
        List<Node> best = new ArrayList<>(BEST);
        int looks = 0;
        Node own = nodes.get(local);
        for (List<Node> bucket : buckets.values()) {
            if (own != null
                    && best.isEmpty()
                    && !bucket.isEmpty()
                    && own.bucket == bucket.getFirst().bucket
                    && own.fits(resources, own.available)) {
                return Optional.of(local);
            }
            int start = bucket.isEmpty() ? 0 : ThreadLocalRandom.current().nextInt(bucket.size());
            for (int i = 0; i < bucket.size() && best.size() < BEST && looks < LOOKS; i++, looks++) {
                Node node = bucket.get((start + i) % bucket.size());
                if (node.fits(resources, node.available)) {
                    best.add(node);
                }
            }
            if (best.size() >= BEST || looks >= LOOKS) {
                break;
            }
        }
        if (!best.isEmpty()) {
            return Optional.of(best.get(ThreadLocalRandom.current().nextInt(best.size())).id);
        }
        return feasible(resources, own);
    }

    /** Nobody has room now: whoever could ever grant it lets it wait, the asking node first. */
    private Optional<BinaryId> feasible(Map<String, Long> resources, Node own) {
        if (own != null && own.fits(resources, own.total)) {
            return Optional.of(own.id);
        }
        return nodes.values().stream()
                .filter(node -> node.fits(resources, node.total))
                .map(node -> node.id)
                .findFirst();
    }

    private static int bucket(Node node) {
        double score = 0;
        for (String name : SCORED) {
            long total = node.total.getOrDefault(name, 0L);
            if (total > 0) {
                double used = 1 - (double) node.available.getOrDefault(name, 0L) / total;
                score = Math.max(score, used);
            }
        }
        return score < SPREAD_THRESHOLD ? 0 : (int) Math.min(BUCKETS, 1 + (score - SPREAD_THRESHOLD) * BUCKETS * 2);
    }

    private void enterBucket(Node node, int bucket) {
        List<Node> members = buckets.computeIfAbsent(bucket, key -> new ArrayList<>());
        node.bucket = bucket;
        node.place = members.size();
        members.add(node);
    }

    private void leaveBucket(Node node) {
        List<Node> members = buckets.get(node.bucket);
        Node last = members.removeLast();
        if (last != node) {
            members.set(node.place, last);
            last.place = node.place;
        }
        if (members.isEmpty()) {
            buckets.remove(node.bucket);
        }
    }
}

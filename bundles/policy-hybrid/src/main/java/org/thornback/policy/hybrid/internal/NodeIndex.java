// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.policy.hybrid.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/** Nodes in buckets by score, so that a choice looks at a few of the best and never at all. Owned by the policy. */
final class NodeIndex {
    private static final int LOOKS = 64;

    private final TreeMap<Integer, List<Node>> buckets = new TreeMap<>();

    /** Adds a node by its score; below a threshold in percent all are the same. */
    void add(Node node, int threshold) {
        int bucket = node.score(threshold);
        List<Node> members = buckets.computeIfAbsent(bucket, key -> new ArrayList<>());
        node.standsIn(this, bucket, members.size());
        members.add(node);
    }

    void remove(Node node) {
        List<Node> members = buckets.get(node.bucket());
        Node last = members.removeLast();
        if (last != node) {
            members.set(node.place(), last);
            last.standsIn(this, node.bucket(), node.place());
        }
        if (members.isEmpty()) {
            buckets.remove(node.bucket());
        }
    }

    /**
     * Chooses among those with room: the preferred node when none is better, else one of the best at random.
     *
     * @param wanted    in 1/10000.
     * @param preferred null for none; one of another index has no preference here.
     * @param most      among how many of the best.
     */
    Optional<Node> choose(Map<String, Long> wanted, Node preferred, int most) {
        boolean mayPrefer = preferred != null && preferred.index() == this && preferred.hasRoomFor(wanted);
        List<Node> best = new ArrayList<>(most);
        int looks = 0;
        for (Map.Entry<Integer, List<Node>> bucket : buckets.entrySet()) {
            if (mayPrefer && best.isEmpty() && preferred.bucket() == bucket.getKey()) {
                return Optional.of(preferred);
            }
            List<Node> members = bucket.getValue();
            int start = ThreadLocalRandom.current().nextInt(members.size());
            for (int i = 0; i < members.size() && best.size() < most && looks < LOOKS; i++, looks++) {
                Node node = members.get((start + i) % members.size());
                if (node.hasRoomFor(wanted)) {
                    best.add(node);
                }
            }
            if (best.size() >= most || looks >= LOOKS) {
                break;
            }
        }
        if (!best.isEmpty()) {
            return Optional.of(best.get(ThreadLocalRandom.current().nextInt(best.size())));
        }
        return mayPrefer ? Optional.of(preferred) : Optional.empty();
    }
}

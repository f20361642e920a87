// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.policy.hybrid.internal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.thornback.api.id.BinaryId;

/** A node as it was last told of, and its place in the index that holds it. Owned by the policy. */
final class Node {
    private static final String GPU = "GPU";
    private static final int BUCKETS = 64;
    private static final double PERCENT = 100;
    private static final List<String> SCORED = List.of("CPU", "memory", "object_store_memory");

    private final BinaryId id;
    private Map<String, Long> total = Map.of();
    private Map<String, Long> available = Map.of();
    private NodeIndex index;
    private int bucket;
    private int place;

    Node(BinaryId id) {
        this.id = requireNonNull(id, "id");
    }

    BinaryId id() {
        return id;
    }

    void changed(Map<String, Long> has, Map<String, Long> hasLeft) {
        total = Map.copyOf(has);
        available = Map.copyOf(hasLeft);
    }

    /** The index it stands in; null for none. */
    NodeIndex index() {
        return index;
    }

    int bucket() {
        return bucket;
    }

    int place() {
        return place;
    }

    void standsIn(NodeIndex inIndex, int inBucket, int atPlace) {
        index = inIndex;
        bucket = inBucket;
        place = atPlace;
    }

    boolean hasGpus() {
        return needsGpus(total);
    }

    static boolean needsGpus(Map<String, Long> resources) {
        return resources.getOrDefault(GPU, 0L) > 0;
    }

    boolean hasRoomFor(Map<String, Long> wanted) {
        return covers(available, wanted);
    }

    boolean couldEverRun(Map<String, Long> wanted) {
        return covers(total, wanted);
    }

    private static boolean covers(Map<String, Long> has, Map<String, Long> wanted) {
        for (Map.Entry<String, Long> want : wanted.entrySet()) {
            if (want.getValue() > has.getOrDefault(want.getKey(), 0L)) {
                return false;
            }
        }
        return true;
    }

    /** 0 below a threshold in percent, then growing with the share in use. */
    int score(int threshold) {
        double score = 0;
        for (String name : SCORED) {
            long has = total.getOrDefault(name, 0L);
            if (has > 0) {
                score = Math.max(score, 1 - (double) available.getOrDefault(name, 0L) / has);
            }
        }
        double least = threshold / PERCENT;
        return score < least ? 0 : (int) Math.min(BUCKETS, 1 + (score - least) * BUCKETS / Math.max(1 - least, 0.01));
    }
}

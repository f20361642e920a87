// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.scheduler.internal;

import java.util.HashMap;
import java.util.Map;
import org.thornback.api.scheduling.Shortage;

/** What a node has and what is not in use, in 1/10000. Owned by its scheduler. */
final class Accounting {
    private Map<String, Long> total = Map.of();
    private final Map<String, Long> used = new HashMap<>();

    void total(Map<String, Long> newTotal) {
        total = Map.copyOf(newTotal);
    }

    Map<String, Long> total() {
        return total;
    }

    Map<String, Long> available() {
        Map<String, Long> available = new HashMap<>(total);
        used.forEach((name, units) -> available.merge(name, -units, Long::sum));
        return available;
    }

    /** Whether the node could ever grant it. */
    boolean feasible(Map<String, Long> wanted) {
        return wanted.entrySet().stream().allMatch(want -> want.getValue() <= total.getOrDefault(want.getKey(), 0L));
    }

    boolean fits(Map<String, Long> wanted) {
        return wanted.entrySet().stream()
                .allMatch(want -> want.getValue()
                        <= total.getOrDefault(want.getKey(), 0L) - used.getOrDefault(want.getKey(), 0L));
    }

    /** Why what does not fit does not. */
    Shortage shortage(Map<String, Long> wanted) {
        return feasible(wanted)
                ? new Shortage(Shortage.Kind.NOW, beyond(wanted, available()))
                : new Shortage(Shortage.Kind.NEVER, beyond(wanted, total));
    }

    private static Map<String, Long> beyond(Map<String, Long> wanted, Map<String, Long> there) {
        Map<String, Long> beyond = new HashMap<>();
        wanted.forEach((name, units) -> {
            long left = Math.max(0, there.getOrDefault(name, 0L));
            if (units > left) {
                beyond.put(name, units - left);
            }
        });
        return beyond;
    }

    void take(Map<String, Long> wanted) {
        wanted.forEach((name, units) -> used.merge(name, units, Long::sum));
    }

    void giveBack(Map<String, Long> held) {
        held.forEach((name, units) -> used.merge(name, -units, Long::sum));
        used.values().removeIf(units -> units == 0);
    }
}

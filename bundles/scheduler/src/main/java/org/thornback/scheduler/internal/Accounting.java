// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.scheduler.internal;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.thornback.api.scheduling.Shortage;

/** What a node has and what is not in use, in 1/10000. Owned by its scheduler. */
final class Accounting {
    private Map<String, Long> total = Map.of();
    private final Map<String, Long> available = new HashMap<>();
    private final Map<String, Long> view = Collections.unmodifiableMap(available);

    void total(Map<String, Long> newTotal) {
        Map<String, Long> before = total;
        total = Map.copyOf(newTotal);
        take(before);
        giveBack(total);
    }

    Map<String, Long> total() {
        return total;
    }

    /** What is not in use, now and whenever it is looked at; less than nothing of what is owed. */
    Map<String, Long> available() {
        return view;
    }

    /** Whether the node could ever grant it. */
    boolean feasible(Map<String, Long> wanted) {
        return covers(total, wanted);
    }

    boolean fits(Map<String, Long> wanted) {
        return covers(available, wanted);
    }

    private static boolean covers(Map<String, Long> has, Map<String, Long> wanted) {
        for (Map.Entry<String, Long> want : wanted.entrySet()) {
            if (want.getValue() > has.getOrDefault(want.getKey(), 0L)) {
                return false;
            }
        }
        return true;
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
        wanted.forEach((name, units) -> add(name, -units));
    }

    void giveBack(Map<String, Long> held) {
        held.forEach(this::add);
    }

    /** What the node has not, and owes not either, is not listed. */
    private void add(String name, long units) {
        long now = available.getOrDefault(name, 0L) + units;
        if (now == 0 && !total.containsKey(name)) {
            available.remove(name);
        } else {
            available.put(name, now);
        }
    }
}

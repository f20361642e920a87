// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples.atlas;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.thornback.examples.atlas.Survey.LargeClass;

/** The first few of many. */
final class Ranking {
    static final int ENTRIES = 8;

    private Ranking() {}

    static List<LargeClass> largest(Collection<LargeClass> classes) {
        return classes.stream()
                .sorted(Comparator.comparingInt(LargeClass::bytes).reversed().thenComparing(LargeClass::name))
                .limit(ENTRIES)
                .toList();
    }

    static List<Count> highest(Map<?, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> new Count(entry.getKey().toString(), entry.getValue()))
                .sorted(Comparator.comparingInt(Count::count).reversed().thenComparing(Count::name))
                .limit(ENTRIES)
                .toList();
    }
}

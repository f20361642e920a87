// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples.atlas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thornback.examples.atlas.Survey.Dependency;
import org.thornback.examples.atlas.Survey.LargeClass;

/** The actor that gathers what the tasks found. Ray runs its methods one at a time, so it needs no locks. */
public final class Atlas {
    private final Map<Dependency, Integer> dependencies = new HashMap<>();
    private final Map<String, Integer> calls = new HashMap<>();
    private final Map<Long, Share> shares = new TreeMap<>();
    private List<LargeClass> largest = new ArrayList<>();
    private int surveys;

    /** Adds one survey, and tells how many there are now. */
    public int add(Survey survey) {
        survey.dependencies().forEach((dependency, times) -> dependencies.merge(dependency, times, Integer::sum));
        survey.calls().forEach((method, times) -> calls.merge(method, times, Integer::sum));
        shares.merge(survey.pid(), new Share(1, survey.classes(), survey.bytes()), Share::plus);
        largest.addAll(survey.largest());
        largest = new ArrayList<>(Ranking.largest(largest));
        return ++surveys;
    }

    /** What all surveys together say. */
    public AtlasPage page() {
        var usersOfPackage = new HashMap<String, Integer>();
        dependencies.keySet().forEach(dependency -> usersOfPackage.merge(dependency.to(), 1, Integer::sum));
        return new AtlasPage(
                Ranking.highest(dependencies),
                Ranking.highest(usersOfPackage),
                Ranking.highest(calls),
                List.copyOf(largest),
                new TreeMap<>(shares));
    }
}

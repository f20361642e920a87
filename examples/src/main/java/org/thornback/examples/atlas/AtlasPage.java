// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples.atlas;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.thornback.examples.atlas.Survey.LargeClass;

/**
 * The result of the whole survey, and how it reads.
 *
 * @param dependencies which package depends on which, by the number of classes that do
 * @param usedPackages which packages most other packages need
 * @param calledMethods which methods most call instructions name
 * @param largest the largest classes
 * @param shares by process id, what each worker did
 */
public record AtlasPage(
        List<Count> dependencies,
        List<Count> usedPackages,
        List<Count> calledMethods,
        List<LargeClass> largest,
        Map<Long, Share> shares)
        implements Serializable {

    /** How many classes were read. */
    public int classes() {
        return shares.values().stream().mapToInt(Share::classes).sum();
    }

    /** How many tasks were run. */
    public int tasks() {
        return shares.values().stream().mapToInt(Share::tasks).sum();
    }

    /** The page as text, without the figures of the run. */
    public String text() {
        var text = new StringBuilder();
        counts(text, "Which package depends on which (classes that do)", dependencies);
        counts(text, "Packages that most packages need (packages that do)", usedPackages);
        counts(text, "Most used methods (call instructions)", calledMethods);
        heading(text, "Largest classes (bytes)");
        largest.forEach(largeClass -> row(text, largeClass.bytes(), largeClass.name()));
        return text.toString();
    }

    private static void counts(StringBuilder text, String title, List<Count> counts) {
        heading(text, title);
        counts.forEach(count -> row(text, count.count(), count.name()));
    }

    private static void heading(StringBuilder text, String title) {
        text.append('\n').append(title).append('\n');
    }

    private static void row(StringBuilder text, int number, String name) {
        text.append(String.format(Locale.ROOT, "%,12d  %s%n", number, name));
    }
}

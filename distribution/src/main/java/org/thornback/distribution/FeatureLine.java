// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.distribution;

/** One line of a feature file: what it puts into the distribution, and where. */
sealed interface FeatureLine {
    /** What the feature is for, in one sentence. */
    record About(String text) implements FeatureLine {}

    /** The option that has to be true for the feature's bundles to start; they are no part of the launcher's class path. */
    record When(String option) implements FeatureLine {}

    /** Another feature without which this one does not work. */
    record Needs(String feature) implements FeatureLine {}

    /** A jar of the launcher's class path; when exported, bundles see its exported packages, too. */
    record Library(Coordinates artifact, boolean exported) implements FeatureLine {}

    /** A bundle, started at a level: lower levels first. */
    record Bundle(int level, Coordinates artifact) implements FeatureLine {}

    /** The jar a driver has on its class path, under a name without a version. */
    record Driver(Coordinates artifact, String name) implements FeatureLine {}

    /** A jar that the driver's jar loads by a class loader of its own. */
    record Runtime(Coordinates artifact) implements FeatureLine {}

    /** A single file out of a jar. */
    record Entry(Coordinates artifact, String entry, String target, boolean executable) implements FeatureLine {}

    /** A jar copied to a directory of the distribution as it is. */
    record Jar(Coordinates artifact, String directory) implements FeatureLine {}

    /** A Maven artifact without its version, which the build decides. */
    record Coordinates(String group, String artifact) {
        static Coordinates parse(String text) {
            String[] parts = text.split(":", -1);
            if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
                throw new IllegalArgumentException("coordinates=" + text + ", expected group:artifact");
            }
            return new Coordinates(parts[0], parts[1]);
        }

        @Override
        public String toString() {
            return group + ":" + artifact;
        }
    }
}

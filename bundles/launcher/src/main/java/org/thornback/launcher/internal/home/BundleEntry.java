// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.home;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One bundle of a feature.
 *
 * @param jar    its file.
 * @param level  bundles with a lower level start earlier.
 * @param option of the node that has to be {@code true} for it to start; empty for always.
 */
public record BundleEntry(Path jar, int level, Optional<String> option) {

    /** Checks that nothing is missing. */
    public BundleEntry {
        requireNonNull(jar, "jar");
        requireNonNull(option, "option");
    }
}

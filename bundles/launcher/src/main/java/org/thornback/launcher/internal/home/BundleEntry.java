// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.home;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * One bundle of a feature.
 *
 * @param jar   its file.
 * @param level bundles with a lower level start earlier.
 */
public record BundleEntry(Path jar, int level) {

    /** Checks that nothing is missing. */
    public BundleEntry {
        requireNonNull(jar, "jar");
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.deploy;

import static java.util.Objects.requireNonNull;

/**
 * One file of the deploy folder and what has become of it. Immutable.
 *
 * @param name   of the file.
 * @param kind   what it is.
 * @param hash   SHA-256 of the content that is in effect, in hex; empty while none is.
 * @param broken whether the file as it is now could not be taken; what was in effect before it still is.
 * @param remark why it could not, or what it waits for, in a sentence; empty when all is well.
 */
public record Deployment(String name, Kind kind, String hash, boolean broken, String remark) {

    /** What a file can be. */
    public enum Kind {
        /** A jar with a bundle's manifest: installed and started. */
        BUNDLE,
        /** A jar without: classes of tasks and actors, which jobs use by its name. */
        CODE,
        /** {@code PID.cfg} or {@code FACTORY~NAME.cfg}: goes to Config Admin, live options included. */
        CONFIGURATION,
        /** {@code NAME.feature}: a list of bundles that are installed and started together. */
        FEATURE
    }

    /** Checks that nothing is missing. */
    public Deployment {
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
        requireNonNull(hash, "hash");
        requireNonNull(remark, "remark");
    }
}

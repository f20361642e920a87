// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import org.agrona.SemanticVersion;
import org.thornback.api.store.StoreGoneException;

/** The packed semantic version at offset 0 of every shared region. The major number decides who can read it. */
public final class RegionVersion {
    /** Where it is. */
    public static final int OFFSET = 0;

    /** What this code writes and reads. */
    public static final int CURRENT = SemanticVersion.compose(2, 0, 0);

    private RegionVersion() {}

    /**
     * Writes the version; the last thing done to a new region.
     *
     * @param region the region.
     */
    public static void write(SegmentBuffer region) {
        region.putIntVolatile(OFFSET, CURRENT);
    }

    /**
     * Checks the version of a region made by another process.
     *
     * @param region the region.
     * @param name   of the region, for the message.
     */
    public static void check(SegmentBuffer region, String name) {
        check(region.getIntVolatile(OFFSET), name);
    }

    /**
     * Checks a version that came in a message.
     *
     * @param version packed.
     * @param name    of what has it, for the message.
     */
    public static void check(int version, String name) {
        if (SemanticVersion.major(version) != SemanticVersion.major(CURRENT)) {
            throw new StoreGoneException("version=" + SemanticVersion.toString(version) + " of " + name
                    + " cannot be read, expected " + SemanticVersion.toString(CURRENT)
                    + ": use the client of the store's own distribution");
        }
    }
}

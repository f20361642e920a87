// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.record;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A node JVM of this user on this machine, ready or on its way.
 *
 * @param process          the JVM.
 * @param sessionDirectory where it says its session is.
 * @param owned            it belongs to a driver.
 * @param record           its record; empty as long as it is not ready.
 */
public record RunningNode(ProcessId process, Path sessionDirectory, boolean owned, Optional<NodeRecord> record) {

    /** Checks that nothing is missing. */
    public RunningNode {
        requireNonNull(process, "process");
        requireNonNull(sessionDirectory, "sessionDirectory");
        requireNonNull(record, "record");
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.session;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * The two log files of one component or process.
 *
 * @param out standard output, or everything logged.
 * @param err standard error, or warnings and errors; empty when all is well.
 */
public record StreamPair(Path out, Path err) {

    /** Checks that nothing is missing. */
    public StreamPair {
        requireNonNull(out, "out");
        requireNonNull(err, "err");
    }
}

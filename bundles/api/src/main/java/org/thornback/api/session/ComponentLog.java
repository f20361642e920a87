// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.session;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The pair of log files of every component and worker, laid out by the active {@link SessionLayout}.
 *
 * <p>Components of the node log through SLF4J loggers named {@code ray.<component>} (for instance {@code ray.raylet}): all
 * that goes to {@code <component>.out}, warnings and worse also to {@code <component>.err}. Processes get files.
 */
@ProviderType
public interface ComponentLog {

    /**
     * Files for the output of a process, created with mode 0600.
     *
     * @param stem name without ending, for instance {@code worker-<id>} or {@code redis-shard_0}.
     * @return where its standard output and standard error go.
     */
    StreamPair streams(String stem);
}

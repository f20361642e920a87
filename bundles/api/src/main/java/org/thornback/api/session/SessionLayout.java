// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.session;

import java.time.LocalDateTime;
import org.osgi.annotation.versioning.ConsumerType;

/** How sessions and their log files are called, and what a log line looks like. Replaced while a node runs: new streams follow. */
@ConsumerType
public interface SessionLayout {

    /**
     * Name of a session.
     *
     * @param started local time of its start.
     * @param pid     of the process that starts it.
     * @return a directory name; later sessions sort after earlier ones.
     */
    String sessionName(LocalDateTime started, long pid);

    /**
     * Log file of a component or process.
     *
     * @param stem        for instance {@code raylet} or {@code worker-<id>}.
     * @param errorStream the one for errors.
     * @return a file name.
     */
    String logFile(String stem, boolean errorStream);

    /**
     * Pattern of a component's log lines, in Logback's notation.
     *
     * @return the pattern.
     */
    String linePattern();
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.session;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears what workers print. Called on the log monitor's thread. */
@ConsumerType
public interface WorkerLogListener {

    /**
     * A worker printed.
     *
     * @param workerId    56 hexadecimal digits.
     * @param errorStream standard error rather than standard output.
     * @param lines       complete lines, each ended by a line feed; the last one of a dead worker may have lacked it.
     */
    void printed(String workerId, boolean errorStream, String lines);
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.cluster;

import static java.util.Objects.requireNonNull;

/**
 * A job.
 *
 * @param id         counted from 1.
 * @param driverPid  process of its driver.
 * @param entrypoint its main class.
 * @param namespace  of its actors' names.
 * @param state      whether its driver is there.
 */
public record JobInfo(int id, long driverPid, String entrypoint, String namespace, State state) {

    /** Whether its driver is there. */
    public enum State {
        /** It is. */
        RUNNING,
        /** It is not; detached actors may live on. */
        FINISHED
    }

    /** Checks that nothing is missing. */
    public JobInfo {
        requireNonNull(entrypoint, "entrypoint");
        requireNonNull(namespace, "namespace");
        requireNonNull(state, "state");
    }
}

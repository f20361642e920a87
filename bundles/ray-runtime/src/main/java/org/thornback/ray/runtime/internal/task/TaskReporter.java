// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.task;

/** Tells of the tasks that this process owns. Called on the polling thread. */
public interface TaskReporter {

    /**
     * Somebody wants to know of the tasks.
     *
     * @param tally takes them.
     */
    void tell(TaskTally tally);
}

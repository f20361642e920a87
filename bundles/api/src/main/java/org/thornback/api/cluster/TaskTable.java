// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.cluster;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What the owners of tasks say of them, at about one moment. The tasks of an owner that has ended are gone.
 *
 * @param tasks  one by one: of each owner those that are not over, then the latest of those that are.
 * @param counts of all there are, and of all that ever finished or failed.
 * @param silent owners that did not answer in time.
 */
public record TaskTable(List<TaskInfo> tasks, List<Count> counts, int silent) {

    /**
     * How many tasks of a function have a state.
     *
     * @param function class and method.
     * @param state    they have.
     * @param tasks    their number.
     */
    public record Count(String function, TaskInfo.State state, long tasks) {

        /** Checks that nothing is missing. */
        public Count {
            requireNonNull(function, "function");
            requireNonNull(state, "state");
        }
    }

    /** Checks that nothing changes any more. */
    public TaskTable {
        tasks = List.copyOf(tasks);
        counts = List.copyOf(counts);
    }
}

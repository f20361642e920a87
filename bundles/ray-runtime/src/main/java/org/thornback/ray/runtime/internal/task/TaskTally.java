// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thornback.layout.message.TaskStatus;
import org.thornback.ray.runtime.internal.function.Function;

/** Counts all tasks of this process by function and status, and takes down so many of them one by one. For one thread. */
public final class TaskTally {
    private final int most;
    private final Map<Function, long[]> counts = new HashMap<>();
    private final List<TaskEntry> entries = new ArrayList<>();

    /**
     * How many tasks of a function have a status.
     *
     * @param function they run.
     * @param status   they have.
     * @param tasks    more than 0.
     */
    public record Count(Function function, TaskStatus status, long tasks) {}

    /**
     * Has counted nothing.
     *
     * @param most tasks taken down of those that are not over, and again of those that are.
     */
    public TaskTally(int most) {
        this.most = most;
    }

    /**
     * Most tasks that are taken down of those that are over.
     *
     * @return 0 when only counts are wanted.
     */
    public int most() {
        return most;
    }

    /**
     * Tells whether one more task that is not over would be taken down. Those come before all that are.
     *
     * @return false when they are only counted from now on.
     */
    public boolean takesMore() {
        return entries.size() < most;
    }

    /**
     * Counts tasks.
     *
     * @param function they run.
     * @param status   they have.
     * @param tasks    their number.
     */
    public void count(Function function, TaskStatus status, long tasks) {
        counts.computeIfAbsent(function, first -> new long[TaskStatus.values().length])[status.ordinal()] += tasks;
    }

    /**
     * Takes a task down, which is counted elsewhere.
     *
     * @param entry of the task.
     */
    public void add(TaskEntry entry) {
        entries.add(entry);
    }

    /**
     * What was counted.
     *
     * @return no zeros.
     */
    public List<Count> counts() {
        List<Count> all = new ArrayList<>();
        counts.forEach((function, tasks) -> {
            for (TaskStatus status : TaskStatus.values()) {
                if (tasks[status.ordinal()] > 0) {
                    all.add(new Count(function, status, tasks[status.ordinal()]));
                }
            }
        });
        return all;
    }

    /**
     * What was taken down.
     *
     * @return in that order.
     */
    public List<TaskEntry> entries() {
        return entries;
    }
}

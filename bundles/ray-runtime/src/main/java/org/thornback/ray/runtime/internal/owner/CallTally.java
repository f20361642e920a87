// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.owner;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.thornback.layout.message.TaskStatus;
import org.thornback.ray.runtime.internal.task.TaskEntry;
import org.thornback.ray.runtime.internal.task.TaskTally;

/** Says in Ray's words how far calls are that are not over. Called under the lock the calls are guarded by. */
public final class CallTally {
    private static final int TASK_ID_LENGTH = 24;

    private final TaskTally tally;

    /**
     * Begins.
     *
     * @param tally to be added to.
     */
    public CallTally(TaskTally tally) {
        this.tally = requireNonNull(tally, "tally");
    }

    /**
     * Adds the calls on a connection.
     *
     * @param link to their worker.
     * @param last of them that has started.
     */
    public void add(WorkerLink link, StartedCall last) {
        link.forEach(call -> add(
                call,
                call.id() <= last.id() ? TaskStatus.RUNNING : TaskStatus.SUBMITTED_TO_WORKER,
                link.workerId(),
                call.id() == last.id() ? last.since() : 0));
    }

    /**
     * Adds a call that waits here.
     *
     * @param call on no connection.
     */
    public void add(Call call) {
        add(call, call.isReady() ? TaskStatus.PENDING_NODE_ASSIGNMENT : TaskStatus.PENDING_ARGS_AVAIL, null, 0);
    }

    private void add(Call call, TaskStatus status, byte[] worker, long began) {
        tally.count(call.function(), status, 1);
        if (tally.takesMore()) {
            byte[] taskId = Arrays.copyOf(call.result().id(), TASK_ID_LENGTH);
            tally.add(new TaskEntry(taskId, call.function(), call.name(), status, call.attempts(), worker, began, 0));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import io.ray.api.id.TaskId;
import java.util.Optional;

/** Which task the calling thread runs. One value for each thread that runs tasks. */
public final class TaskContext {
    private static final ThreadLocal<TaskContext> CURRENT = new ThreadLocal<>();

    private final TaskId taskId;
    private final boolean actorTask;

    private TaskContext(TaskId taskId, boolean actorTask) {
        this.taskId = taskId;
        this.actorTask = actorTask;
    }

    /**
     * The task of the calling thread.
     *
     * @return empty outside tasks.
     */
    public static Optional<TaskContext> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    static void enter(byte[] taskId, boolean actorTask) {
        CURRENT.set(new TaskContext(TaskId.fromBytes(taskId), actorTask));
    }

    static void leave() {
        CURRENT.remove();
    }

    /**
     * Id of the task.
     *
     * @return 24 bytes.
     */
    public TaskId taskId() {
        return taskId;
    }

    /**
     * Whether it runs on an actor.
     *
     * @return true for an actor's calls.
     */
    public boolean actorTask() {
        return actorTask;
    }
}

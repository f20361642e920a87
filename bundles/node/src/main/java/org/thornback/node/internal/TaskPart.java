// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.thornback.api.cluster.TaskInfo;
import org.thornback.api.cluster.TaskTable;
import org.thornback.api.id.BinaryId;
import org.thornback.layout.message.Bool;
import org.thornback.layout.message.TaskReportDecoder;

/** Reads what an owner says of its tasks. Fields are read in the order of the schema, as SBE's variable parts demand. */
final class TaskPart {
    private static final int TASK_ID_LENGTH = 24;
    private static final int UNIQUE_LENGTH = 8;
    private static final int ACTOR_UNIQUE_LENGTH = 12;

    private TaskPart() {}

    /** The part; a worker's process is 0 when it is not known. */
    static TaskCensus.Part read(TaskReportDecoder message, ToLongFunction<BinaryId> pids) {
        boolean last = message.last() == Bool.YES;
        List<TaskTable.Count> counts = new ArrayList<>();
        for (TaskReportDecoder.CountsDecoder count : message.counts()) {
            TaskInfo.State state = state(count.status().name());
            long tasks = count.tasks();
            counts.add(new TaskTable.Count(count.function(), state, tasks));
        }
        List<TaskInfo> tasks = new ArrayList<>();
        for (TaskReportDecoder.TasksDecoder task : message.tasks()) {
            tasks.add(task(task, pids));
        }
        return new TaskCensus.Part(message.requestId(), tasks, counts, last);
    }

    private static TaskInfo task(TaskReportDecoder.TasksDecoder task, ToLongFunction<BinaryId> pids) {
        byte[] id = new byte[TASK_ID_LENGTH];
        task.getTaskId(id, 0);
        byte[] worker = new byte[BinaryId.UNIQUE_LENGTH];
        task.getWorkerId(worker, 0);
        Optional<BinaryId> there = isZero(worker) ? Optional.empty() : Optional.of(BinaryId.of(worker));
        TaskInfo.State state = state(task.status().name());
        int attempt = (int) task.attempt();
        Optional<Instant> began = instant(task.began());
        Optional<Instant> ended = instant(task.ended());
        String function = task.function();
        String name = task.name();
        return new TaskInfo(
                BinaryId.of(id),
                ByteBuffer.wrap(id).order(ByteOrder.LITTLE_ENDIAN).getInt(UNIQUE_LENGTH + ACTOR_UNIQUE_LENGTH),
                function,
                name.isEmpty() ? function : name,
                ofActor(id) ? TaskInfo.Type.ACTOR_TASK : TaskInfo.Type.NORMAL_TASK,
                state,
                attempt,
                there,
                there.map(pids::applyAsLong).orElse(0L),
                began,
                ended);
    }

    /** The id of a task names its actor; all ones for none. */
    private static boolean ofActor(byte[] id) {
        for (int i = UNIQUE_LENGTH; i < UNIQUE_LENGTH + ACTOR_UNIQUE_LENGTH; i++) {
            if (id[i] != -1) {
                return true;
            }
        }
        return false;
    }

    private static boolean isZero(byte[] id) {
        for (byte one : id) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }

    private static TaskInfo.State state(String inRaysWords) {
        return TaskInfo.State.valueOf(inRaysWords);
    }

    private static Optional<Instant> instant(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}

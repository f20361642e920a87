// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.task;

import java.util.Arrays;
import org.thornback.layout.message.TaskStatus;
import org.thornback.ray.runtime.internal.function.Function;

/**
 * The tasks of this process that are over: how many of each function, and the latest of them.
 *
 * <p>On the path of every task, so noting one allocates nothing and keeps nothing of it alive but its name: the latest lie in
 * arrays that are written round and round, made for the first task. Safe from any thread.
 */
public final class FinishedTasks {
    /** So many of the latest are known one by one. */
    public static final int KEPT = 1_000;

    private static final int TASK_ID_LENGTH = 24;

    private Function[] functions = {};
    private long[] finished = {};
    private long[] failed = {};
    private Latest latest;
    private int next;

    /** The latest, each in the same place of all arrays. */
    private static final class Latest {
        private final byte[] taskIds = new byte[KEPT * TASK_ID_LENGTH];
        private final Function[] functions = new Function[KEPT];
        private final String[] names = new String[KEPT];
        private final byte[][] workers = new byte[KEPT][];
        private final int[] attempts = new int[KEPT];
        private final boolean[] failed = new boolean[KEPT];
        private final long[] began = new long[KEPT];
        private final long[] ended = new long[KEPT];
    }

    /** Nothing is over. */
    public FinishedTasks() {}

    /**
     * A task is over.
     *
     * @param function it ran.
     * @param resultId of its first result, which begins with its own; copied.
     * @param name     that the user gave it, mostly empty.
     * @param attempt  how often it was begun before.
     * @param workerId of the worker that had it; null for none, else kept.
     * @param failure  whether it failed.
     * @param took     nanoseconds it ran, -1 when it did not or nobody knows.
     */
    public synchronized void over(
            Function function, byte[] resultId, String name, int attempt, byte[] workerId, boolean failure, long took) {
        int id = function.id();
        if (id >= functions.length || functions[id] == null) {
            learn(function);
        }
        (failure ? failed : finished)[id]++;
        int at = next;
        next = at + 1 == KEPT ? 0 : at + 1;
        long now = System.nanoTime();
        System.arraycopy(resultId, 0, latest.taskIds, at * TASK_ID_LENGTH, TASK_ID_LENGTH);
        latest.functions[at] = function;
        latest.names[at] = name;
        latest.workers[at] = workerId;
        latest.attempts[at] = attempt;
        latest.failed[at] = failure;
        latest.began[at] = took < 0 ? 0 : now - took;
        latest.ended[at] = now;
    }

    /**
     * Adds counts and the latest, the last one first.
     *
     * @param tally to add to.
     */
    public synchronized void tell(TaskTally tally) {
        for (Function function : functions) {
            if (function != null) {
                tally.count(function, TaskStatus.FINISHED, finished[function.id()]);
                tally.count(function, TaskStatus.FAILED, failed[function.id()]);
            }
        }
        for (int back = 1; latest != null && back <= Math.min(KEPT, tally.most()); back++) {
            int at = Math.floorMod(next - back, KEPT);
            if (latest.functions[at] == null) {
                return;
            }
            tally.add(entry(at));
        }
    }

    private TaskEntry entry(int at) {
        int from = at * TASK_ID_LENGTH;
        return new TaskEntry(
                Arrays.copyOfRange(latest.taskIds, from, from + TASK_ID_LENGTH),
                latest.functions[at],
                latest.names[at],
                latest.failed[at] ? TaskStatus.FAILED : TaskStatus.FINISHED,
                latest.attempts[at],
                latest.workers[at],
                latest.began[at],
                latest.ended[at]);
    }

    private void learn(Function function) {
        if (latest == null) {
            latest = new Latest();
        }
        if (function.id() >= functions.length) {
            int length = Math.max(function.id() + 1, 2 * functions.length);
            functions = Arrays.copyOf(functions, length);
            finished = Arrays.copyOf(finished, length);
            failed = Arrays.copyOf(failed, length);
        }
        functions[function.id()] = function;
    }
}

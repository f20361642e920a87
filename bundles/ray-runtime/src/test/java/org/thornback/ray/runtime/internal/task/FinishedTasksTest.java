// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.thornback.layout.message.TaskStatus;
import org.thornback.ray.runtime.internal.function.Function;
import org.thornback.ray.runtime.internal.function.FunctionDescriptor;
import org.thornback.ray.runtime.internal.function.FunctionTable;

class FinishedTasksTest {
    private static final int MANY = 10 * FinishedTasks.KEPT;
    private static final byte[] WORKER = new byte[28];

    private final FunctionTable functions = new FunctionTable();
    private final Function quick = functions.function(new FunctionDescriptor("Main", "quick", "()I"));
    private final Function other = functions.function(new FunctionDescriptor("Main", "other", "()I"));
    private final FinishedTasks finished = new FinishedTasks();

    private static byte[] resultId(int number) {
        byte[] id = new byte[28];
        id[0] = (byte) number;
        id[1] = (byte) (number >> 8);
        return id;
    }

    private void over(Function function, int number, boolean failure) {
        finished.over(function, resultId(number), "", 0, WORKER, failure, 1_000);
    }

    private TaskTally tally(int most) {
        TaskTally tally = new TaskTally(most);
        finished.tell(tally);
        return tally;
    }

    @Test
    void shouldCountAllAndKeepTheLatestTheLastOneFirst() {
        for (int i = 0; i < MANY; i++) {
            over(quick, i, false);
        }
        over(other, MANY, true);

        TaskTally tally = tally(MANY);

        assertThat(tally.counts())
                .containsExactlyInAnyOrder(
                        new TaskTally.Count(quick, TaskStatus.FINISHED, MANY),
                        new TaskTally.Count(other, TaskStatus.FAILED, 1));
        assertThat(tally.entries()).hasSize(FinishedTasks.KEPT);
        TaskEntry last = tally.entries().getFirst();
        assertThat(last.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(last.function()).isEqualTo(other);
        assertThat(last.taskId()).hasSize(24).startsWith(MANY & 0xff, MANY >> 8);
        assertThat(last.ended() - last.began()).isEqualTo(1_000);
        assertThat(tally.entries().getLast().taskId())
                .startsWith((MANY + 1 - FinishedTasks.KEPT) & 0xff, (MANY + 1 - FinishedTasks.KEPT) >> 8);
    }

    @Test
    void shouldTellNoMoreOfThemThanIsWanted() {
        over(quick, 1, false);
        over(quick, 2, false);

        assertThat(tally(1).entries()).hasSize(1);
        assertThat(tally(0).entries()).isEmpty();
        assertThat(tally(0).counts()).hasSize(1);
    }

    @Test
    void shouldNotAllocateForATask() {
        byte[] id = resultId(1);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        finished.over(quick, id, "", 0, WORKER, false, 1);
        threads.getCurrentThreadAllocatedBytes();

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < MANY; i++) {
            finished.over(quick, id, "", 0, WORKER, false, TimeUnit.SECONDS.toNanos(1));
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MANY);
    }
}

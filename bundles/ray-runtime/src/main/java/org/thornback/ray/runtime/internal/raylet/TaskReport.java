// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.raylet;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.message.Bool;
import org.thornback.layout.message.MessageHeaderEncoder;
import org.thornback.layout.message.TaskReportEncoder;
import org.thornback.ray.runtime.internal.function.Function;
import org.thornback.ray.runtime.internal.task.TaskEntry;
import org.thornback.ray.runtime.internal.task.TaskTally;
import org.thornback.transport.FrameChannel;

/** Writes a tally of tasks to the raylet, in parts of moderate size: counts first. Used once, by one thread. */
final class TaskReport {
    private static final int PART = 200;
    private static final int SMALL = 256;
    private static final byte[] NO_WORKER = new byte[28];

    private final FrameChannel channel;
    private final long requestId;
    private final long nowNanos = System.nanoTime();
    private final long nowMillis = System.currentTimeMillis();

    TaskReport(FrameChannel channel, long requestId) {
        this.channel = requireNonNull(channel, "channel");
        this.requestId = requestId;
    }

    void send(TaskTally tally) {
        List<TaskTally.Count> counts = tally.counts();
        for (int i = 0; i < counts.size(); i += PART) {
            part(counts.subList(i, Math.min(i + PART, counts.size())), List.of(), false);
        }
        List<TaskEntry> entries = tally.entries();
        for (int i = 0; i < entries.size(); i += PART) {
            part(List.of(), entries.subList(i, Math.min(i + PART, entries.size())), false);
        }
        part(List.of(), List.of(), true);
    }

    private void part(List<TaskTally.Count> counts, List<TaskEntry> entries, boolean last) {
        SegmentBuffer buffer = channel.claim(length(counts, entries));
        TaskReportEncoder message = new TaskReportEncoder()
                .wrapAndApplyHeader(buffer, channel.offset(), new MessageHeaderEncoder())
                .requestId(requestId)
                .last(last ? Bool.YES : Bool.NO);
        TaskReportEncoder.CountsEncoder count = message.countsCount(counts.size());
        counts.forEach(
                one -> count.next().status(one.status()).tasks(one.tasks()).function(text(one.function())));
        TaskReportEncoder.TasksEncoder task = message.tasksCount(entries.size());
        entries.forEach(one -> task.next()
                .putTaskId(one.taskId(), 0)
                .status(one.status())
                .attempt(one.attempt())
                .putWorkerId(one.workerId() == null ? NO_WORKER : one.workerId(), 0)
                .began(millis(one.began()))
                .ended(millis(one.ended()))
                .function(text(one.function()))
                .name(one.name()));
        channel.commit(MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength(), last);
    }

    private static int length(List<TaskTally.Count> counts, List<TaskEntry> entries) {
        int length = SMALL;
        for (TaskTally.Count count : counts) {
            length += SMALL + length(text(count.function()));
        }
        for (TaskEntry entry : entries) {
            length += SMALL + length(text(entry.function())) + length(entry.name());
        }
        return length;
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String text(Function function) {
        return function.descriptor().displayName();
    }

    private long millis(long nanoTime) {
        return nanoTime == 0 ? 0 : nowMillis - TimeUnit.NANOSECONDS.toMillis(nowNanos - nanoTime);
    }
}

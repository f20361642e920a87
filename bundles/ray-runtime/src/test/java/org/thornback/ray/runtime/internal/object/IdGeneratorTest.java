// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.ray.api.id.ActorId;
import io.ray.api.id.ObjectId;
import io.ray.api.id.TaskId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class IdGeneratorTest {
    private final IdGenerator ids = new IdGenerator(0x01020304);

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    @Test
    void shouldMakeIdsThatRayTakes() {
        byte[] task = ids.taskId();
        byte[] actor = ids.actorId();

        assertThat(TaskId.fromBytes(task).getBytes()).isEqualTo(task);
        assertThat(ActorId.fromBytes(actor).getBytes()).isEqualTo(actor);
        assertThat(new ObjectId(ids.putId()).getBytes()).hasSize(28);
    }

    @Test
    void shouldPutEachPartWhereTheOthersLookForIt() {
        assertThat(hex(ids.taskId())).hasSize(48).endsWith("ffffffffffffffffffffffff" + "04030201");
        byte[] actor = ids.actorId();
        assertThat(hex(actor)).hasSize(32).endsWith("04030201").doesNotStartWith("ffffffffffffffff");
        byte[] actorTask = ids.taskId(actor);
        assertThat(hex(actorTask)).hasSize(48).endsWith(hex(actor));
        assertThat(hex(IdGenerator.objectId(actorTask, 2))).isEqualTo(hex(actorTask) + "02000000");
        assertThat(ids.jobId()).isEqualTo(0x01020304);
    }

    @Test
    void shouldUseTheJobAWorkerLearnedLater() {
        IdGenerator worker = new IdGenerator(0);
        worker.assignJob(9);

        assertThat(worker.jobId()).isEqualTo(9);
        assertThat(hex(worker.putId())).contains("ffffffffffffffffffffffff" + "09000000");
    }

    @Test
    void shouldNeverMakeAnIdTwiceHoweverManyThreadsAsk() throws InterruptedException {
        Set<String> made = ConcurrentHashMap.newKeySet();
        int each = 20_000;
        Thread[] threads = new Thread[3];
        Arrays.setAll(
                threads,
                i -> Thread.ofPlatform().start(() -> {
                    for (int n = 0; n < each; n++) {
                        made.add(hex(ids.putId()));
                    }
                }));
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(made).hasSize(threads.length * each);
    }

    @Test
    void shouldStartElsewhereInEachProcess() {
        Set<String> first = new HashSet<>();
        for (int process = 0; process < 100; process++) {
            first.add(hex(new IdGenerator(1).taskId()));
        }

        assertThat(first).hasSize(100);
    }
}

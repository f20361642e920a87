// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.worker.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thornback.worker.pool.internal.PoolFixture.actor;
import static org.thornback.worker.pool.internal.PoolFixture.tasks;
import static org.thornback.worker.pool.internal.PoolFixture.withOptions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.ThornbackException;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.id.BinaryId;
import org.thornback.api.worker.WorkerDemand;
import org.thornback.api.worker.WorkerInfo;
import org.thornback.api.worker.WorkerInfo.State;
import org.thornback.testkit.Await;
import org.thornback.testkit.FixedConfiguration;

/** With real processes. */
class ProcessWorkerPoolTest {
    @TempDir
    Path root;

    private PoolFixture node;
    private ProcessWorkerPool pool;

    @BeforeEach
    void createPool() {
        node = new PoolFixture(root, 2);
        pool = node.pool;
    }

    @AfterEach
    void closePool() {
        node.close();
    }

    @Test
    void shouldStartAWarmWorkerForEachCpuAtOnceAndNoMore() {
        node.open();

        assertThat(node.in(State.STARTING)).hasSize(2);
        node.registerAll();
        assertThat(node.in(State.IDLE)).hasSize(2);
        assertThat(pool.registered(BinaryId.random())).as("a stranger").isFalse();
        assertThat(node.heard).isEmpty();
    }

    @Test
    void shouldLendAWarmWorkerAndReplaceItWhenItHasBeenQuiet() {
        node.open();
        node.registerAll();
        List<BinaryId> warm = node.in(State.IDLE).stream().map(WorkerInfo::id).toList();

        pool.demand(1, tasks(7));

        assertThat(warm).contains(node.lent(1));
        assertThat(node.in(State.BUSY)).singleElement().satisfies(worker -> {
            assertThat(worker.id()).isEqualTo(node.lent(1));
            assertThat(worker.jobId()).isEqualTo(7);
        });
        node.await(State.STARTING, 1);
        assertThat(warm).doesNotContain(node.in(State.STARTING).getFirst().id());
    }

    @Test
    void shouldStartNoMoreThanOneForEachCpuAtATimeWhenManyAreWanted() {
        node.open();
        for (int i = 1; i <= 5; i++) {
            pool.demand(i, tasks(1));
        }
        assertThat(node.in(State.STARTING)).hasSize(2);

        node.registerAll();

        assertThat(List.of(node.lent(1), node.lent(2))).doesNotHaveDuplicates();
        assertThat(node.in(State.STARTING)).hasSize(2);
        node.registerAll();
        assertThat(node.in(State.STARTING)).as("as many as are wanted").hasSize(1);
        node.registerAll();
        assertThat(node.in(State.BUSY)).hasSize(5);
        assertThat(node.heard).hasSize(5);
    }

    @Test
    void shouldLendAUsedWorkerAgainToTasksOfItsJobOnly() {
        node.open();
        node.registerAll();
        pool.demand(1, tasks(7));
        BinaryId used = node.lent(1);
        pool.giveBack(used);

        pool.demand(2, tasks(8));
        pool.demand(3, tasks(7));

        assertThat(node.lent(2)).isNotEqualTo(used);
        assertThat(node.lent(3)).isEqualTo(used);
        pool.giveBack(used);
        pool.demand(4, actor(7));
        assertThat(node.info(used).state())
                .as("an actor's process has run nothing before")
                .isEqualTo(State.IDLE);
    }

    @Test
    void shouldStartAJvmWithOptionsForAJobAndLendItAgainToThatJob() {
        node.open();
        node.registerAll();
        pool.demand(1, withOptions(7, "-Dfirst", "-Dsecond"));
        node.await(State.STARTING, 1);
        node.registerAll();
        BinaryId own = node.lent(1);
        assertThat(node.noted(own, "arguments")).containsSubsequence("-Dfirst", "-Dsecond");
        assertThat(node.noted(own, "environment")).contains("JOB=j7");
        pool.giveBack(own);

        pool.demand(2, withOptions(7, "-Dfirst", "-Dsecond"));

        assertThat(node.lent(2)).isEqualTo(own);
        pool.giveBack(own);
        pool.demand(3, tasks(7));
        pool.demand(4, withOptions(7, "-Dother"));
        assertThat(node.lent(3)).isNotEqualTo(own);
        assertThat(node.info(own).state()).isEqualTo(State.IDLE);
    }

    @Test
    void shouldEndAWorkerThatWasStartedForNobodyAnyMore() {
        node.open();
        node.registerAll();
        pool.demand(1, withOptions(7, "-Dspecial"));
        BinaryId special = node.await(State.STARTING, 1).getFirst().id();
        pool.cancel(1);

        pool.registered(special);

        assertThat(node.heard).isEmpty();
        node.awaitHeard("ended " + special + " 137");
        assertThat(node.in(State.IDLE)).hasSize(2);
    }

    @Test
    void shouldLendAWarmWorkerToAnActorWhenOneRegistersBeforeItsOwn() {
        node.open();
        List<BinaryId> starting =
                node.in(State.STARTING).stream().map(WorkerInfo::id).toList();
        pool.demand(1, actor(7));

        pool.registered(starting.get(1));

        assertThat(node.lent(1)).isEqualTo(starting.get(1));
    }

    @Test
    void shouldKeepOneIdleWorkerOfJobsForEachCpuAndEndTheRestAfterASecond() {
        node.open();
        for (int i = 1; i <= 4; i++) {
            pool.demand(i, tasks(7));
        }
        node.registerAll();
        node.registerAll();
        List<BinaryId> used = List.of(node.lent(1), node.lent(2), node.lent(3), node.lent(4));

        used.forEach(pool::giveBack);

        node.awaitHeard("ended " + used.get(0) + " 137");
        node.awaitHeard("ended " + used.get(1) + " 137");
        assertThat(node.info(used.get(2)).state()).isEqualTo(State.IDLE);
        assertThat(node.info(used.get(3)).state()).isEqualTo(State.IDLE);
    }

    @Test
    void shouldTellOfTheEndOfAWorkerWhoeverEndedIt() {
        node.open();
        node.registerAll();
        List<WorkerInfo> idle = node.in(State.IDLE);
        BinaryId killed = idle.get(0).id();
        BinaryId died = idle.get(1).id();
        ProcessHandle process = node.process(died);

        pool.kill(killed);
        pool.kill(BinaryId.random());
        process.destroy();

        node.awaitHeard("ended " + killed + " 137");
        node.awaitHeard("ended " + died + " 143");
        assertThat(pool.registered(killed)).isFalse();
        node.await(State.STARTING, 2);
    }

    @Test
    void shouldEndAllWorkersOfAJobAndForgetWhatItWanted() {
        node.open();
        node.registerAll();
        pool.demand(1, tasks(7));
        pool.demand(2, tasks(8));
        pool.demand(3, withOptions(7, "-Dspecial"));
        BinaryId worker = node.lent(1);

        pool.endJob(7);

        node.awaitHeard("ended " + worker + " 137");
        node.registerAll();
        assertThat(node.heard).noneMatch(line -> line.startsWith("available 3"));
        assertThat(node.info(node.lent(2)).state()).isEqualTo(State.BUSY);
    }

    @Test
    void shouldSayWhyAWorkerEndedBeforeItRegistered() {
        node.open();
        node.registerAll();

        pool.demand(1, withOptions(7, "-Dexit=3"));

        Await.await(() -> node.heard.size() == 2, () -> "heard=" + node.heard);
        String failed = node.heard.getFirst();
        assertThat(failed).startsWith("failed 1: worker pid=").contains("ended with status=3 before it registered");
        String file = failed.replaceFirst(".*(worker-[0-9a-f]+\\.err) says why", "$1");
        assertThat(root.resolve(file)).content().isEqualTo("no such option\n");
        assertThat(node.heard.getLast()).startsWith("ended ").endsWith(" 3");
    }

    @Test
    void shouldStartAnotherWorkerWhenOneIsKilledWhileItStarts() {
        node.open();
        node.registerAll();
        pool.demand(1, withOptions(7, "-Dspecial"));
        WorkerInfo first = node.await(State.STARTING, 1).getFirst();

        ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();

        node.awaitHeard("ended " + first.id() + " 137");
        WorkerInfo second = node.await(State.STARTING, 1).getFirst();
        pool.registered(second.id());
        assertThat(node.lent(1)).isEqualTo(second.id());
    }

    @Test
    void shouldGiveUpWhenOneAfterAnotherIsKilledWhileItStarts() {
        node.open();
        node.registerAll();
        pool.demand(1, withOptions(7, "-Dspecial"));

        Await.await(
                () -> {
                    node.in(State.STARTING)
                            .forEach(
                                    worker -> ProcessHandle.of(worker.pid()).ifPresent(ProcessHandle::destroyForcibly));
                    return node.heard.stream().anyMatch(line -> line.startsWith("failed 1: worker pid="));
                },
                () -> "heard=" + node.heard);

        assertThat(node.heard.stream().filter(line -> line.endsWith(" 137"))).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldSayOnceThatNoProcessCanBeStarted() {
        node.properties.put("thornback.java", root.resolve("missing").toString());
        node.open();

        pool.demand(1, tasks(7));
        pool.demand(2, tasks(7));

        assertThat(node.heard)
                .containsExactly(
                        "failed 1: a worker process could not be started; raylet.err says why",
                        "failed 2: a worker process could not be started; raylet.err says why");
        assertThat(pool.workers()).isEmpty();
    }

    @Test
    void shouldTryAgainWithPausesWhileWorkersEndAtOnce() {
        node.properties.put("thornback.worker.options", " -Dexit=4  -Dmore ");
        node.open();

        Await.await(() -> node.heard.size() >= 4, () -> "heard=" + node.heard);

        assertThat(node.heard).allMatch(line -> line.endsWith(" 4"));
        assertThat(pool.workers()).as("each time no more than CPUs").hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void shouldGiveAWorkerItsFilesAndTellItWhereItBelongs() throws Exception {
        Files.createFile(root.resolve("cache/worker.aot"));
        node.properties.put("thornback.worker.options", " -Xint  -Dinstalled ");
        node.open();
        BinaryId worker = node.in(State.STARTING).getFirst().id();

        assertThat(node.noted(worker, "arguments"))
                .containsExactly(
                        "@" + root.resolve("home/etc/worker.jvm"),
                        "-XX:AOTCache=" + root.resolve("cache/worker.aot"),
                        "-Xint",
                        "-Dinstalled",
                        "-Dray.session-dir=" + root,
                        "-Dray.worker.mode=WORKER",
                        "-Dray.raylet.socket-name=" + root.resolve("raylet"),
                        "-Dthornback.worker-id=" + worker,
                        "-cp",
                        root.resolve("home/driver/thornback-driver.jar") + ":"
                                + root.resolve("home/driver/runtime/a.jar"),
                        "io.ray.runtime.runner.worker.DefaultWorker");
        assertThat(root.resolve("worker-" + worker + ".out")).exists();
        assertThat(root.resolve("worker-" + worker + ".err")).isEmptyFile();
    }

    @Test
    void shouldSetThreadsOfOpenMpUnlessTheJobDoes() {
        node.open();
        BinaryId plain = node.in(State.STARTING).getFirst().id();
        node.registerAll();
        pool.demand(1, new WorkerDemand(7, false, List.of(), Map.of("OMP_NUM_THREADS", "4")));
        BinaryId own = node.await(State.STARTING, 1).getFirst().id();

        assertThat(node.noted(own, "environment")).contains("OMP_NUM_THREADS=4");
        String inherited = System.getenv().getOrDefault("OMP_NUM_THREADS", "1");
        assertThat(node.noted(plain, "environment")).contains("OMP_NUM_THREADS=" + inherited);
    }

    @Test
    void shouldEndEveryProcessAndStartNoneWhenClosed() {
        node.open();
        node.registerAll();
        pool.demand(1, tasks(7));
        pool.demand(2, withOptions(7, "-Dspecial"));
        List<ProcessHandle> processes = pool.workers().stream()
                .map(worker -> ProcessHandle.of(worker.pid()).orElseThrow())
                .toList();
        assertThat(processes).hasSize(3);

        pool.close();

        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        pool.demand(3, tasks(7));
        assertThat(node.in(State.STARTING)).isEmpty();
    }

    @Test
    void shouldSayWhichDistributionIsBroken() {
        node.properties.put("thornback.home", root.resolve("nowhere").toString());

        assertThatThrownBy(() -> node.open())
                .isInstanceOf(ThornbackException.class)
                .hasMessageContaining("distribution=" + root.resolve("nowhere"))
                .hasMessageContaining("unpack it again");
    }

    @Test
    void shouldKeepAsManyWarmWorkersAsTheOptionSays() {
        node.open();
        node.registerAll();

        pool.take(new FixedConfiguration().with(OptionCatalogue.NUM_WARM_WORKERS, 3));

        node.await(State.STARTING, 1);
        node.registerAll();
        node.await(State.IDLE, 3);
        pool.take(new FixedConfiguration().with(OptionCatalogue.NUM_WARM_WORKERS, 1));
        node.await(State.IDLE, 1);
    }
}

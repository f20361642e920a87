// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.api.concurrencygroup.ConcurrencyGroup;
import io.ray.api.concurrencygroup.ConcurrencyGroupBuilder;
import io.ray.api.concurrencygroup.annotations.DefConcurrencyGroup;
import io.ray.api.concurrencygroup.annotations.UseConcurrencyGroup;
import io.ray.api.exception.PendingCallsLimitExceededException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Several calls of one actor at a time, and limits on them. */
final class ActorConcurrencyChecks {
    private ActorConcurrencyChecks() {}

    /** Blocks in one group, answers in another. */
    @DefConcurrencyGroup(name = "io", maxConcurrency = 1)
    @DefConcurrencyGroup(name = "compute", maxConcurrency = 2)
    static final class Annotated {
        private final CountDownLatch opened = new CountDownLatch(1);

        @UseConcurrencyGroup(name = "io")
        String blocked() throws InterruptedException {
            opened.await();
            return Thread.currentThread().getName();
        }

        @UseConcurrencyGroup(name = "compute")
        String compute() {
            return "computed";
        }

        boolean open() {
            opened.countDown();
            return true;
        }
    }

    /** Says which thread runs it. */
    static final class Threads {
        private final Gate gate = new Gate();

        long io() {
            return Thread.currentThread().threadId();
        }

        int blocked() throws InterruptedException {
            return gate.pass(1);
        }

        boolean open() {
            return gate.open();
        }
    }

    @Check
    static void shouldRunOneAtATimeWhenNothingElseIsSaid() {
        ActorHandle<TaskChecks.HighWater> water =
                Ray.actor(TaskChecks.HighWater::new).remote();
        List<ObjectRef<Integer>> calls = IntStream.range(0, 100)
                .mapToObj(i -> water.task(TaskChecks.HighWater::enter).remote())
                .toList();

        assertThat(Ray.get(calls))
                .isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
    }

    @Check
    static void shouldRunSoManyAtOnceWhenConcurrencyIsAllowed() {
        ActorHandle<Gate> gate = Ray.actor(Gate::new, 3).setMaxConcurrency(3).remote();
        List<ObjectRef<Boolean>> meetings = IntStream.range(0, 3)
                .mapToObj(i -> gate.task(Gate::meet).remote())
                .toList();

        assertThat(Ray.get(meetings, 20_000)).containsExactly(true, true, true);
    }

    @Check
    static void shouldNotRunMoreAtOnceWhenConcurrencyIsTwo() {
        ActorHandle<Gate> gate = Ray.actor(Gate::new, 3).setMaxConcurrency(2).remote();
        List<ObjectRef<Boolean>> meetings = IntStream.range(0, 3)
                .mapToObj(i -> gate.task(Gate::meet).remote())
                .toList();

        assertThat(Ray.wait(meetings, 1, 300).getReady()).isEmpty();
        gate.kill();
    }

    @Check
    static void shouldKeepGroupsApartWhenTheyAreAnnotated() {
        ActorHandle<Annotated> actor = Ray.actor(Annotated::new).remote();
        ObjectRef<String> blocked = actor.task(Annotated::blocked).remote();

        assertThat(actor.task(Annotated::compute).remote().get(20_000)).isEqualTo("computed");
        assertThat(Ray.wait(List.of(blocked), 1, 0).getReady()).isEmpty();
        actor.task(Annotated::open).remote();
        assertThat(blocked.get(20_000)).isNotEmpty();
    }

    @Check
    static void shouldKeepGroupsApartWhenTheyAreBuilt() {
        ConcurrencyGroup io = new ConcurrencyGroupBuilder<Threads>()
                .setName("io")
                .setMaxConcurrency(1)
                .addMethod(Threads::io)
                .build();
        ConcurrencyGroup waiting = new ConcurrencyGroupBuilder<Threads>()
                .setName("waiting")
                .setMaxConcurrency(2)
                .addMethod(Threads::blocked)
                .build();
        ActorHandle<Threads> actor =
                Ray.actor(Threads::new).setConcurrencyGroups(io, waiting).remote();
        ObjectRef<Integer> blocked = actor.task(Threads::blocked).remote();
        List<ObjectRef<Long>> ids = IntStream.range(0, 20)
                .mapToObj(i -> actor.task(Threads::io).remote())
                .toList();

        List<Long> threads = Ray.get(ids, 20_000);
        long chosen =
                actor.task(Threads::io).setConcurrencyGroup("waiting").remote().get(20_000);
        actor.task(Threads::open).remote();

        assertThat(threads).hasSize(20).containsOnly(threads.getFirst());
        assertThat(chosen).isNotEqualTo(threads.getFirst());
        assertThat(blocked.get(20_000)).isEqualTo(1);
    }

    @Check
    static void shouldRefuseACallWhenTooManyArePending() {
        ActorHandle<Gate> gate =
                Ray.actor(Gate::new).setMaxConcurrency(2).setMaxPendingCalls(3).remote();
        List<ObjectRef<Integer>> pending = IntStream.range(0, 3)
                .mapToObj(i -> gate.task(Gate::pass, i).remote())
                .toList();

        assertThatThrownBy(() -> gate.task(Gate::pass, 9).remote())
                .isInstanceOf(PendingCallsLimitExceededException.class);
        assertThat(pending).hasSize(3);
        gate.kill();
    }

    @Check
    static void shouldRefuseNonsenseWhenLimitsAreSet() {
        assertThatThrownBy(() -> Ray.actor(Gate::new).setMaxConcurrency(0).remote())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ray.actor(Gate::new).setMaxPendingCalls(0).remote())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ray.actor(Gate::new).setMaxPendingCalls(-2).remote())
                .isInstanceOf(IllegalArgumentException.class);
    }
}

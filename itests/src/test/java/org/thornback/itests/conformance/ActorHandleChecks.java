// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.api.exception.RayActorException;
import io.ray.api.options.ActorLifetime;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thornback.itests.conformance.ActorChecks.Counter;
import org.thornback.testkit.Await;

/** Handles and names: passed on, found again, gone with their actor. */
final class ActorHandleChecks {
    private ActorHandleChecks() {}

    record Team(ActorHandle<Counter> counter, String name) implements Serializable {}

    /** Holds a handle in a field. */
    static final class Caller {
        private final ActorHandle<Counter> counter;

        Caller(ActorHandle<Counter> counter) {
            this.counter = counter;
        }

        int call(int amount) {
            return counter.task(Counter::add, amount).remote().get();
        }
    }

    /** Gives its own handle away. */
    static final class Self {
        private int value;

        ActorHandle<Self> self() {
            return Ray.getRuntimeContext().getCurrentActorHandle();
        }

        int set(int newValue) {
            value = newValue;
            return value;
        }

        int value() {
            return value;
        }
    }

    static int addThrough(ActorHandle<Counter> counter, int amount) {
        return counter.task(Counter::add, amount).remote().get();
    }

    static int addThroughTeam(Team team) {
        return addThrough(team.counter(), team.name().length());
    }

    static int addByName(String name, int amount) {
        Optional<ActorHandle<Counter>> counter = Ray.getActor(name);
        return addThrough(counter.orElseThrow(), amount);
    }

    static ActorHandle<Counter> makeCounter(int start) {
        ActorHandle<Counter> counter = Ray.actor(Counter::new, start).remote();
        counter.task(Counter::count).remote().get();
        return counter;
    }

    @Check
    static void shouldReachTheSameActorWhenPassedToTasksAndActors() {
        ActorHandle<Counter> counter = Ray.actor(Counter::new, 0).remote();
        ActorHandle<Caller> caller = Ray.actor(Caller::new, counter).remote();

        assertThat(Ray.task(ActorHandleChecks::addThrough, counter, 1).remote().get())
                .isEqualTo(1);
        assertThat(Ray.task(ActorHandleChecks::addThroughTeam, new Team(counter, "four"))
                        .remote()
                        .get())
                .isEqualTo(5);
        assertThat(caller.task(Caller::call, 10).remote().get()).isEqualTo(15);
        assertThat(Ray.put(counter).get().task(Counter::count).remote().get()).isEqualTo(15);
    }

    @Check
    static void shouldWorkWhenManyCallersShareAnActor() {
        ActorHandle<Counter> counter = Ray.actor(Counter::new, 0).remote();
        List<ObjectRef<Integer>> calls = IntStream.range(0, 50)
                .mapToObj(
                        i -> Ray.task(ActorHandleChecks::addThrough, counter, 1).remote())
                .toList();

        assertThat(Ray.get(calls, 25_000)).hasSize(50).doesNotHaveDuplicates();
        assertThat(counter.task(Counter::count).remote().get()).isEqualTo(50);
    }

    @Check
    static void shouldOutliveItsCreatorWhenATaskReturnsTheHandle() {
        ActorHandle<Counter> counter =
                Ray.task(ActorHandleChecks::makeCounter, 7).remote().get();

        assertThat(counter.task(Counter::add, 1).remote().get()).isEqualTo(8);
    }

    @Check
    static void shouldBeTheSameActorWhenItGivesItsOwnHandle() {
        ActorHandle<Self> original = Ray.actor(Self::new).remote();
        original.task(Self::set, 5).remote();

        ActorHandle<Self> handle = original.task(Self::self).remote().get();

        assertThat(handle.getId()).isEqualTo(original.getId());
        assertThat(handle.task(Self::value).remote().get()).isEqualTo(5);
    }

    @Check
    static void shouldBeFoundEverywhereWhenItHasAName() {
        ActorHandle<Counter> counter =
                Ray.actor(Counter::new, 1).setName("found").remote();
        counter.task(Counter::count).remote().get();

        Optional<ActorHandle<Counter>> again = Ray.getActor("found");

        assertThat(again.orElseThrow().getId()).isEqualTo(counter.getId());
        assertThat(Ray.task(ActorHandleChecks::addByName, "found", 4).remote().get())
                .isEqualTo(5);
        assertThat(Ray.getActor("absent")).isEmpty();
    }

    @Check
    static void shouldBeFoundAtOnceWhenTheNameWasJustGiven() {
        Ray.actor(Counter::new, 3).setName("at-once").remote();

        Optional<ActorHandle<Counter>> counter = Ray.getActor("at-once");

        assertThat(counter).isPresent();
        assertThat(counter.get().task(Counter::count).remote().get()).isEqualTo(3);
    }

    @Check
    static void shouldRefuseANameWhenItIsTaken() {
        ActorHandle<Counter> first = Ray.actor(Counter::new, 1).setName("taken").remote();

        assertThatThrownBy(() -> Ray.actor(Counter::new, 2).setName("taken").remote())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Actor of name taken exists");

        first.kill();
        Await.await(() -> Ray.getActor("taken").isEmpty(), () -> "the name is not free again");
        ActorHandle<Counter> second =
                Ray.actor(Counter::new, 2).setName("taken").remote();
        assertThat(second.task(Counter::count).remote().get()).isEqualTo(2);
    }

    @Check
    static void shouldNotMixNamesWhenNamespacesDiffer() {
        Ray.actor(Counter::new, 1).setName("twice").remote();
        Ray.actor(Counter::new, 2)
                .setName("twice", "elsewhere")
                .setLifetime(ActorLifetime.DETACHED)
                .remote();

        Optional<ActorHandle<Counter>> here = Ray.getActor("twice");
        Optional<ActorHandle<Counter>> there = Ray.getActor("twice", "elsewhere");

        assertThat(here.orElseThrow().task(Counter::count).remote().get()).isEqualTo(1);
        assertThat(there.orElseThrow().task(Counter::count).remote().get()).isEqualTo(2);
        assertThat(Ray.getActor("twice", "nowhere")).isEmpty();
        there.get().kill();
    }

    @Check
    static void shouldEndWhenTheLastHandleIsDropped() {
        long pid =
                Ray.actor(Counter::new, 1).remote().task(Counter::pid).remote().get();

        Await.await(
                () -> {
                    System.gc();
                    return ProcessHandle.of(pid).isEmpty();
                },
                java.time.Duration.ofSeconds(15),
                () -> "the actor without handles still runs, pid=" + pid);
    }

    @Check
    static void shouldFailWhenTheActorWasKilledThroughAnotherHandle() {
        ActorHandle<Counter> counter =
                Ray.actor(Counter::new, 1).setName("doomed").remote();
        counter.task(Counter::count).remote().get();
        Optional<ActorHandle<Counter>> other = Ray.getActor("doomed");
        other.orElseThrow().kill();

        Await.await(
                () -> {
                    try {
                        counter.task(Counter::count).remote().get();
                        return false;
                    } catch (RayActorException e) {
                        return true;
                    }
                },
                () -> "calls still reach the killed actor");
    }
}

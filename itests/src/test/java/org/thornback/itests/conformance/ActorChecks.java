// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.api.exception.RayTaskException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Actors: state, order, kinds of methods and constructors, how many there may be. */
final class ActorChecks {
    private ActorChecks() {}

    interface Greeter {
        default String greet(String name) {
            return "hello " + name + ", says " + signature();
        }

        String signature();
    }

    /** Counts. */
    static class Counter implements Greeter {
        protected int count;

        Counter() {}

        Counter(int start) {
            count = start;
        }

        static Counter startingAt(int start) {
            return new Counter(start);
        }

        int add(int amount) {
            count += amount;
            return count;
        }

        void bump() {
            count++;
        }

        int count() {
            return count;
        }

        int fail() {
            count += 1000;
            throw new IllegalStateException("failed at " + count);
        }

        private String secret() {
            return "secret " + count;
        }

        String secretCaller() {
            return secret();
        }

        @Override
        public String signature() {
            return "counter";
        }

        long pid() {
            return ProcessHandle.current().pid();
        }
    }

    /** Counts double. */
    static final class DoubleCounter extends Counter {
        @Override
        int add(int amount) {
            return super.add(2 * amount);
        }

        @Override
        public String signature() {
            return "double counter";
        }
    }

    /** Records the order of calls. */
    static final class Recorder {
        private final List<Integer> seen = new ArrayList<>();

        int record(int number) {
            seen.add(number);
            return number;
        }

        List<Integer> seen() {
            return seen;
        }
    }

    /** Takes six arguments in constructor and method. */
    static final class Wide {
        private final String all;

        Wide(int a, int b, int c, int d, int e, int f) {
            all = "" + a + b + c + d + e + f;
        }

        String join(String a, String b, String c, String d, String e) {
            return all + a + b + c + d + e;
        }
    }

    @Check
    static void shouldKeepStateWhenCalledAgain() {
        ActorHandle<Counter> counter = Ray.actor(Counter::new, 10).remote();

        assertThat(counter.task(Counter::add, 1).remote().get()).isEqualTo(11);
        counter.task(Counter::bump).remote();
        assertThat(counter.task(Counter::count).remote().get()).isEqualTo(12);
        assertThat(counter.task(Counter::pid).remote().get())
                .isNotEqualTo(ProcessHandle.current().pid());
    }

    @Check
    static void shouldBeMadeWhenTheCreatorIsAFactoryOrALambda() {
        assertThat(Ray.actor(Counter::startingAt, 5)
                        .remote()
                        .task(Counter::count)
                        .remote()
                        .get())
                .isEqualTo(5);
        assertThat(Ray.actor(() -> new Counter(6))
                        .remote()
                        .task(Counter::count)
                        .remote()
                        .get())
                .isEqualTo(6);
        ActorHandle<Wide> wide = Ray.actor(Wide::new, 1, 2, 3, 4, 5, 6).remote();
        assertThat(wide.task(Wide::join, "a", "b", "c", "d", "e").remote().get())
                .isEqualTo("123456abcde");
    }

    @Check
    static void shouldDispatchToTheRealClassWhenAMethodIsOverriddenOrDefault() {
        ActorHandle<DoubleCounter> counter = Ray.actor(DoubleCounter::new).remote();

        assertThat(counter.task(Counter::add, 2).remote().get()).isEqualTo(4);
        assertThat(counter.task(DoubleCounter::add, 1).remote().get()).isEqualTo(6);
        assertThat(counter.task(Greeter::greet, "you").remote().get()).isEqualTo("hello you, says double counter");
        assertThat(counter.task(Counter::secretCaller).remote().get()).isEqualTo("secret 6");
        assertThat(counter.task(Object::toString).remote().get()).contains("DoubleCounter");
    }

    @Check
    static void shouldSeeCallsInOrderWhenOneCallerMakesThousands() {
        ActorHandle<Recorder> recorder = Ray.actor(Recorder::new).remote();
        List<ObjectRef<Integer>> refs = IntStream.range(0, 10_000)
                .mapToObj(i -> recorder.task(Recorder::record, i).remote())
                .toList();

        assertThat(Ray.get(refs)).hasSize(10_000);
        assertThat(recorder.task(Recorder::seen).remote().get())
                .isEqualTo(IntStream.range(0, 10_000).boxed().toList());
    }

    @Check
    static void shouldKeepOrderWhenArgumentsAreRefsThatComeLate() {
        ActorHandle<Gate> gate = Ray.actor(Gate::new).setMaxConcurrency(2).remote();
        ActorHandle<Recorder> recorder = Ray.actor(Recorder::new).remote();
        ObjectRef<Integer> late = gate.task(Gate::pass, 1).remote();
        recorder.task(Recorder::record, late).remote();
        ObjectRef<Integer> second = recorder.task(Recorder::record, 2).remote();
        gate.task(Gate::open).remote();

        assertThat(second.get(20_000)).isEqualTo(2);
        assertThat(recorder.task(Recorder::seen).remote().get()).containsExactly(1, 2);
    }

    @Check
    static void shouldGoOnWhenAMethodThrew() {
        ActorHandle<Counter> counter = Ray.actor(Counter::new, 0).remote();

        assertThatThrownBy(() -> counter.task(Counter::fail).remote().get())
                .isInstanceOf(RayTaskException.class)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasStackTraceContaining("failed at 1000");
        assertThat(counter.task(Counter::count).remote().get()).isEqualTo(1000);
    }

    @Check
    static void shouldAllLiveWhenThereAreAHundredOnTwoCpus() {
        List<ActorHandle<Counter>> counters = IntStream.range(0, 100)
                .mapToObj(i -> Ray.actor(Counter::new, i).remote())
                .toList();
        List<ObjectRef<Integer>> counts = counters.stream()
                .map(counter -> counter.task(Counter::count).remote())
                .toList();

        assertThat(Ray.get(counts)).isEqualTo(IntStream.range(0, 100).boxed().toList());
        counters.forEach(ActorHandle::kill);
    }

    @Check
    static void shouldHoldItsResourcesForLifeWhenItAskedForSome() {
        ActorHandle<Counter> greedy =
                Ray.actor(Counter::new, 1).setResource("Special", 3.0).remote();
        assertThat(greedy.task(Counter::count).remote().get()).isEqualTo(1);
        ObjectRef<String> waiting =
                Ray.task(TaskChecks::none).setResource("Special", 1.0).remote();
        assertThat(Ray.wait(List.of(waiting), 1, 200).getReady()).isEmpty();

        greedy.kill();

        assertThat(waiting.get(20_000)).isEqualTo("none");
    }

    @Check
    static void shouldTakeLargeArgumentsAndResultsWhenTheyAreLarge() {
        ActorHandle<Keeper> keeper =
                Ray.actor(Keeper::new, TaskChecks.blob(3 << 20)).remote();

        assertThat(keeper.task(Keeper::bytes).remote().get()).isEqualTo(TaskChecks.blob(3 << 20));
        assertThat(keeper.task(Keeper::replace, Ray.put(TaskChecks.blob(2 << 20)))
                        .remote()
                        .get())
                .isEqualTo(2 << 20);
    }

    /** Holds bytes. */
    static final class Keeper {
        private byte[] bytes;

        Keeper(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }

        int replace(byte[] replacement) {
            bytes = replacement;
            return bytes.length;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.thornback.testkit.Await;

/** Tasks: arguments, kinds of functions, results, resources. */
final class TaskChecks {
    private static int calls;

    private TaskChecks() {}

    static Object echo(Object value) {
        return value;
    }

    static int plus(int a, int b) {
        return a + b;
    }

    private static String hidden(String word) {
        return "hidden " + word;
    }

    static String none() {
        return "none";
    }

    static String three(String a, int b, Long c) {
        return a + b + c;
    }

    static String four(String a, int b, Long c, double d) {
        return three(a, b, c) + d;
    }

    static String five(String a, int b, Long c, double d, char e) {
        return four(a, b, c, d) + e;
    }

    static String six(String a, int b, Long c, double d, char e, List<Integer> f) {
        return five(a, b, c, d, e) + f;
    }

    static byte[] blob(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) size);
        return bytes;
    }

    static long sum(byte[] bytes) {
        long sum = 0;
        for (byte b : bytes) {
            sum += b;
        }
        return sum;
    }

    static int countCalls() {
        return ++calls;
    }

    static long pid() {
        return ProcessHandle.current().pid();
    }

    static void tell(ActorHandle<Notes> notes, String word) {
        notes.task(Notes::write, word).remote().get();
    }

    /** Remembers words. */
    static final class Notes {
        private final List<String> words = new ArrayList<>();

        int write(String word) {
            words.add(word);
            return words.size();
        }

        List<String> words() {
            return words;
        }
    }

    @Check
    static void shouldReceiveItsArgumentsWhenItHasNoneToSix() {
        assertThat(Ray.task(TaskChecks::none).remote().get()).isEqualTo("none");
        assertThat(Ray.task(TaskChecks::echo, (Object) "one").remote().get()).isEqualTo("one");
        assertThat(Ray.task(TaskChecks::plus, 1, 2).remote().get()).isEqualTo(3);
        assertThat(Ray.task(TaskChecks::three, "a", 1, 2L).remote().get()).isEqualTo("a12");
        assertThat(Ray.task(TaskChecks::four, "a", 1, 2L, .5).remote().get()).isEqualTo("a120.5");
        assertThat(Ray.task(TaskChecks::five, "a", 1, 2L, .5, 'e').remote().get())
                .isEqualTo("a120.5e");
        assertThat(Ray.task(TaskChecks::six, "a", 1, 2L, .5, 'e', List.of(7))
                        .remote()
                        .get())
                .isEqualTo("a120.5e[7]");
    }

    @Check
    static void shouldReceiveNullWhenAnArgumentIsNull() {
        assertThat(Ray.task(TaskChecks::echo, (Object) null).remote().get()).isNull();
        assertThat(Ray.task(TaskChecks::hidden, (String) null).remote().get()).isEqualTo("hidden null");
    }

    @Check
    static void shouldRunWhenTheFunctionIsPrivateALambdaOrCaptures() {
        int base = 40;
        var words = new ArrayList<>(List.of("captured"));

        assertThat(Ray.task(TaskChecks::hidden, "method").remote().get()).isEqualTo("hidden method");
        assertThat(Ray.task(() -> "lambda").remote().get()).isEqualTo("lambda");
        assertThat(Ray.task((Integer a, Integer b) -> a * b, 6, 7).remote().get())
                .isEqualTo(42);
        assertThat(Ray.task((Integer number) -> base + number, 2).remote().get())
                .isEqualTo(42);
        assertThat(Ray.task(() -> words.getFirst()).remote().get()).isEqualTo("captured");
        assertThat(Ray.task(String::length, "four").remote().get()).isEqualTo(4);
        assertThat(Ray.task(String::strip, " 12 ").remote().get()).isEqualTo("12");
    }

    @Check
    static void shouldRunWhenItReturnsNothing() {
        ActorHandle<Notes> notes = Ray.actor(Notes::new).remote();

        Ray.task(TaskChecks::tell, notes, "heard").remote();

        Await.await(
                () -> notes.task(Notes::words).remote().get().equals(List.of("heard")), () -> "the word was not heard");
    }

    @Check
    static void shouldReceiveTheValueWhenAnArgumentIsARef() {
        ObjectRef<Integer> one = Ray.put(1);
        ObjectRef<Integer> two = Ray.task(TaskChecks::plus, one, 1).remote();
        ObjectRef<Integer> four = Ray.task(TaskChecks::plus, two, two).remote();

        assertThat(Ray.task(TaskChecks::plus, four, one).remote().get()).isEqualTo(5);
        ObjectRef<byte[]> large = Ray.task(TaskChecks::blob, 300_001).remote();
        assertThat(Ray.task(TaskChecks::sum, large).remote().get()).isEqualTo(300_001L * (byte) 300_001);
    }

    @Check
    static void shouldCarryEveryByteWhenArgumentsAndResultsAreLarge() {
        for (int size : List.of(0, 1, 102_400, 102_401, 1 << 20, 8 << 20)) {
            byte[] blob = Ray.task(TaskChecks::blob, size).remote().get();
            assertThat(Arrays.equals(blob, blob(size))).as("size=%d", size).isTrue();
            assertThat(Ray.task(TaskChecks::sum, blob).remote().get())
                    .as("size=%d", size)
                    .isEqualTo(sum(blob));
        }
        String text = "x".repeat(2_000_000);
        assertThat(Ray.task(TaskChecks::echo, (Object) text).remote().get()).isEqualTo(text);
    }

    @Check
    static void shouldEachGiveItsOwnResultWhenThousandsAreSubmitted() {
        List<ObjectRef<Integer>> refs = IntStream.range(0, 5_000)
                .mapToObj(i -> Ray.task(TaskChecks::plus, i, 1).remote())
                .toList();

        assertThat(Ray.get(refs)).isEqualTo(IntStream.range(1, 5_001).boxed().toList());
    }

    @Check
    static void shouldRunInOtherProcessesWhenSubmitted() {
        assertThat(Ray.task(TaskChecks::pid).remote().get()).isNotEqualTo(pid());
        calls = 100;
        assertThat(Ray.task(TaskChecks::countCalls).remote().get()).isLessThan(100);
    }

    @Check
    static void shouldRunAtOnceWhenThereAreTwoCpus() {
        ActorHandle<Gate> gate = Ray.actor(Gate::new, 2).setMaxConcurrency(4).remote();

        List<ObjectRef<Boolean>> both = List.of(
                Ray.task(TaskChecks::meetAt, gate).setResource("CPU", 1.0).remote(),
                Ray.task(TaskChecks::meetAt, gate).setResource("CPU", 1.0).remote());

        assertThat(Ray.get(both, 20_000)).containsExactly(true, true);
    }

    static boolean meetAt(ActorHandle<Gate> gate) {
        return gate.task(Gate::meet).remote().get();
    }

    @Check
    static void shouldRunEvenMoreAtOnceWhenTasksNeedNoCpuAndWaitForEachOther() {
        ActorHandle<Gate> gate = Ray.actor(Gate::new, 6).setMaxConcurrency(10).remote();

        List<ObjectRef<Boolean>> all = IntStream.range(0, 6)
                .mapToObj(i -> Ray.task(TaskChecks::meetAt, gate).remote())
                .toList();

        assertThat(Ray.get(all, 25_000)).hasSize(6).containsOnly(true);
    }

    @Check
    static void shouldNeverHoldMoreThanThereIsWhenTasksNeedAResource() {
        ActorHandle<HighWater> water =
                Ray.actor(HighWater::new).setMaxConcurrency(8).remote();

        List<ObjectRef<Boolean>> all = IntStream.range(0, 8)
                .mapToObj(i -> Ray.task(TaskChecks::wade, water)
                        .setResource("Special", 2.0)
                        .remote())
                .toList();

        assertThat(Ray.get(all, 25_000)).hasSize(8);
        assertThat(water.task(HighWater::highest).remote().get()).isEqualTo(1);
    }

    static boolean wade(ActorHandle<HighWater> water) {
        water.task(HighWater::enter).remote().get();
        boolean alone = IntStream.range(0, 100_000).sum() != 0;
        water.task(HighWater::leave).remote().get();
        return alone;
    }

    /** Counts who is inside. */
    static final class HighWater {
        private int inside;
        private int highest;

        synchronized int enter() {
            highest = Math.max(highest, ++inside);
            return inside;
        }

        synchronized int leave() {
            return --inside;
        }

        synchronized int highest() {
            return highest;
        }
    }

    @Check
    static void shouldWaitForEverWhenNoNodeHasTheResource() {
        ObjectRef<String> infeasible =
                Ray.task(TaskChecks::none).setResource("Nowhere", 1.0).remote();

        assertThat(Ray.wait(List.of(infeasible), 1, 300).getReady()).isEmpty();
        assertThat(Ray.task(TaskChecks::none).remote().get()).isEqualTo("none");
    }

    @Check
    static void shouldAcceptFractionsAndRefuseNonsenseWhenResourcesAreSet() {
        assertThat(Ray.task(TaskChecks::none)
                        .setResource("CPU", .25)
                        .setName("named")
                        .remote()
                        .get())
                .isEqualTo("none");
        assertThat(Ray.task(TaskChecks::none)
                        .setResources(Map.of("CPU", 1.0, "Special", 0.5))
                        .remote()
                        .get())
                .isEqualTo("none");
        assertThatThrownBy(
                        () -> Ray.task(TaskChecks::none).setResource("CPU", 1.5).remote())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        Ray.task(TaskChecks::none).setResource("CPU", -1.0).remote())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Check
    static void shouldComeFromManyThreadsWhenTheDriverHasThem() throws InterruptedException {
        var results = new java.util.concurrent.ConcurrentLinkedQueue<Integer>();
        List<Thread> threads = IntStream.range(0, 16)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    for (int j = 0; j < 50; j++) {
                        results.add(
                                Ray.task(TaskChecks::plus, i * 50, j).remote().get());
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(results).hasSize(800).doesNotHaveDuplicates();
    }
}

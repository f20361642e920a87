// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.api.exception.RayTaskException;
import io.ray.api.exception.RayTimeoutException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** put and get: what goes in comes out, with its type. */
final class ValueChecks {
    record Point(int x, String label, List<Double> weights) implements Serializable {}

    enum Colour {
        RED,
        GREEN {
            @Override
            boolean isGrass() {
                return true;
            }
        };

        boolean isGrass() {
            return false;
        }
    }

    static final class Node implements Serializable {
        private static final long serialVersionUID = 1L;
        String name = "self";
        Node next = this;
        transient int forgotten = 7;
    }

    interface SerializableFunction extends Function<Integer, Integer>, Serializable {}

    private ValueChecks() {}

    @Check
    static void shouldReturnEqualValuesWhenCommonTypesArePut() {
        List<Object> values = new ArrayList<>(List.of(
                1,
                2L,
                (short) 3,
                (byte) 4,
                5.5,
                6.5f,
                'c',
                true,
                "text",
                "",
                "ß€😀",
                new BigDecimal("1.20"),
                BigInteger.TEN));
        values.addAll(List.of(
                UUID.randomUUID(), LocalDate.of(2024, 2, 29), Instant.EPOCH, Duration.ofMillis(5), Locale.GERMANY));
        values.addAll(List.of(List.of(1, 2), Set.of("a"), Map.of("k", List.of(1)), Colour.RED, Colour.GREEN));
        values.addAll(
                List.of(new Point(1, "p", List.of(.5)), TimeUnit.DAYS, Integer.MIN_VALUE, Long.MAX_VALUE, Double.NaN));
        values.addAll(
                List.of(new TreeMap<>(Map.of("b", 1, "a", 2)), new LinkedHashMap<>(Map.of(1, 2)), new ArrayList<>()));
        values.addAll(List.of(new LinkedList<>(List.of(1)), Collections.unmodifiableList(new ArrayList<>(List.of(1)))));
        values.addAll(List.of(Collections.emptyMap(), Arrays.asList(1, null), BitSet.valueOf(new long[] {5})));
        values.add(new EnumMap<>(Map.of(Colour.RED, 1)));
        for (Object value : values) {
            Object back = Ray.put(value).get();
            assertThat(back).isEqualTo(value);
            assertThat(back.getClass()).as("class of %s", value).isEqualTo(value.getClass());
        }
    }

    @Check
    static void shouldKeepTypeAndContentWhenArraysArePut() {
        assertThat(Ray.put(new int[] {1, 2}).get()).isEqualTo(new int[] {1, 2});
        assertThat(Ray.put(new int[][] {{1}, {2, 3}, null}).get()).isEqualTo(new int[][] {{1}, {2, 3}, null});
        assertThat(Ray.put(new long[] {1}).get()).isEqualTo(new long[] {1});
        assertThat(Ray.put(new short[] {1}).get()).isEqualTo(new short[] {1});
        assertThat(Ray.put(new char[] {'a', 'ü'}).get()).isEqualTo(new char[] {'a', 'ü'});
        assertThat(Ray.put(new boolean[] {true, false}).get()).isEqualTo(new boolean[] {true, false});
        assertThat(Ray.put(new float[] {1.5f}).get()).isEqualTo(new float[] {1.5f});
        assertThat(Ray.put(new double[] {1.5, -0.0}).get()).isEqualTo(new double[] {1.5, -0.0});
        assertThat(Ray.put(new String[] {"a", null}).get()).isEqualTo(new String[] {"a", null});
        assertThat(Ray.put(new Object[] {1, "a", null}).get()).isEqualTo(new Object[] {1, "a", null});
        assertThat(Ray.put(new byte[0]).get()).isEqualTo(new byte[0]);
        assertThat(Ray.put(new Point[] {new Point(1, null, null)}).get()).isInstanceOf(Point[].class);
    }

    @Check
    static void shouldReturnNullWhenNullWasPut() {
        assertThat(Ray.put((Object) null).get()).isNull();
        assertThat(Ray.get(List.of(Ray.put((String) null), Ray.put("a")))).containsExactly(null, "a");
    }

    @Check
    static void shouldKeepCyclesWhenAnObjectRefersToItself() {
        Node node = Ray.put(new Node()).get();

        assertThat(node.next).isSameAs(node);
        assertThat(node.name).isEqualTo("self");
        assertThat(node.forgotten).isZero();
    }

    @Check
    static void shouldKeepBehaviourWhenALambdaIsPut() {
        int base = 40;
        SerializableFunction plus = number -> number + base;

        assertThat(Ray.put(plus).get().apply(2)).isEqualTo(42);
        assertThat(Ray.put(Colour.GREEN).get().isGrass()).isTrue();
        assertThat(Ray.put(Colour.RED).get()).isSameAs(Colour.RED);
    }

    @Check
    static void shouldReturnTheValueOfThatMomentWhenTheOriginalChangesLater() {
        var list = new ArrayList<>(List.of(1));
        var counter = new AtomicInteger(1);
        byte[] bytes = {1};
        ObjectRef<ArrayList<Integer>> listRef = Ray.put(list);
        ObjectRef<AtomicInteger> counterRef = Ray.put(counter);
        ObjectRef<byte[]> bytesRef = Ray.put(bytes);
        list.add(2);
        counter.set(2);
        bytes[0] = 2;

        assertThat(listRef.get()).containsExactly(1);
        assertThat(counterRef.get()).hasValue(1);
        assertThat(bytesRef.get()).containsExactly(1);
        bytesRef.get()[0] = 9;
        assertThat(bytesRef.get()).containsExactly(1);
    }

    @Check
    static void shouldReturnEveryByteWhenArraysOfAllSizesArePut() {
        var random = new Random(1);
        for (int size : List.of(1, 100, 4096, 65_536, 102_400, 102_401, 1 << 20, (16 << 20) + 3)) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            assertThat(Arrays.equals(Ray.put(bytes).get(), bytes))
                    .as("size=%d", size)
                    .isTrue();
        }
        double[] doubles = random.doubles(500_000).toArray();
        assertThat(Arrays.equals(Ray.put(doubles).get(), doubles)).isTrue();
        String text = "täxt".repeat(300_000);
        assertThat(Ray.put(text).get().equals(text)).isTrue();
    }

    @Check
    static void shouldKeepOrderAndRepeatWhenAListIsGot() {
        var refs = new ArrayList<ObjectRef<Integer>>();
        for (int i = 0; i < 500; i++) {
            refs.add(Ray.put(i));
        }
        refs.add(refs.getFirst());

        List<Integer> values = Ray.get(refs);

        assertThat(values).hasSize(501).startsWith(0, 1, 2).endsWith(499, 0);
        assertThat(Ray.get(refs)).isEqualTo(values);
        assertThat(refs.getFirst().get()).isZero();
        assertThat(Ray.get(List.<ObjectRef<Integer>>of())).isEmpty();
    }

    @Check
    static void shouldThrowTimeoutWhenTheValueIsNotThereInTime() {
        ActorHandle<Gate> gate = Ray.actor(Gate::new).setMaxConcurrency(2).remote();
        ObjectRef<Integer> never = gate.task(Gate::pass, 1).remote();

        assertThatThrownBy(() -> Ray.get(never, 50)).isInstanceOf(RayTimeoutException.class);
        assertThatThrownBy(() -> never.get(50)).isInstanceOf(RayTimeoutException.class);
        assertThatThrownBy(() -> Ray.get(List.of(Ray.put(1), never), 50)).isInstanceOf(RayTimeoutException.class);
        assertThat(Ray.get(Ray.put(1), 5_000)).isEqualTo(1);
        gate.task(Gate::open).remote();
        assertThat(never.get(20_000)).isEqualTo(1);
    }

    @Check
    static void shouldThrowOnGetWhenARayExceptionWasPut() {
        ObjectRef<RayTaskException> ref = Ray.put(new RayTaskException("as a value"));

        assertThatThrownBy(ref::get).isInstanceOf(RayTaskException.class).hasMessageContaining("as a value");
    }

    @Check
    static void shouldReturnOtherExceptionsAsValuesWhenTheyWerePut() {
        Exception value = new IllegalStateException("kept", new RuntimeException("cause"));

        Exception back = Ray.put(value).get();

        assertThat(back)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("kept")
                .hasRootCauseMessage("cause");
    }

    @Check
    static void shouldSaySoWhenAValueCannotBeSerialized() {
        assertThatThrownBy(() -> Ray.put(Map.of("thread", new Thread())))
                .hasMessageContaining("java.lang.Thread")
                .hasMessageContaining("serializ");
        assertThatThrownBy(() -> Ray.task(TaskChecks::echo, new Object()).remote())
                .hasMessageContaining("java.lang.Object")
                .hasMessageContaining("serializ");
    }

    @Check
    static void shouldReturnAMapWhenItHasAnyKindOfKeys() {
        var map = new HashMap<Object, Object>();
        map.put(new Point(1, "k", null), new int[] {1});
        map.put(null, Colour.RED);
        map.put(1, new HashMap<>(map));

        HashMap<Object, Object> back = Ray.put(map).get();

        assertThat(back).hasSize(3).containsEntry(null, Colour.RED);
        assertThat(back.get(new Point(1, "k", null))).isEqualTo(new int[] {1});
    }
}

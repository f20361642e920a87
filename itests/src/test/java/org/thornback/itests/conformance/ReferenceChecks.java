// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.api.exception.UnreconstructableException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thornback.testkit.Await;

/** References: inside values, handed on, and what happens when the last one goes. */
final class ReferenceChecks {
    /** Size of the store; some of these checks put several times that much through it. */
    static final long STORE_BYTES = 256L << 20;

    private static final int BLOB = 8 << 20;

    private ReferenceChecks() {}

    record Parcel(String label, ObjectRef<Integer> content) implements Serializable {}

    static int open(Parcel parcel) {
        return parcel.content().get();
    }

    static int sumOf(List<ObjectRef<Integer>> refs) {
        return Ray.get(refs).stream().mapToInt(Integer::intValue).sum();
    }

    static List<ObjectRef<Integer>> makeRefs(int count) {
        var refs = new ArrayList<ObjectRef<Integer>>();
        for (int i = 0; i < count; i++) {
            refs.add(i % 2 == 0 ? Ray.put(i) : Ray.task(TaskChecks::plus, i, 0).remote());
        }
        return refs;
    }

    static ObjectRef<byte[]> makeLarge() {
        return Ray.put(TaskChecks.blob(BLOB));
    }

    /** Keeps what it is given. */
    static final class Shelf {
        private ObjectRef<byte[]> kept;

        int keep(List<ObjectRef<byte[]>> refs) {
            kept = refs.getFirst();
            return refs.size();
        }

        int size() {
            return kept.get().length;
        }
    }

    @Check
    static void shouldStayRefsWhenTheyAreInsideCollectionsAndRecords() {
        assertThat(Ray.task(ReferenceChecks::sumOf, List.of(Ray.put(1), Ray.put(2)))
                        .remote()
                        .get())
                .isEqualTo(3);
        assertThat(Ray.task(ReferenceChecks::open, new Parcel("p", Ray.put(5)))
                        .remote()
                        .get())
                .isEqualTo(5);
        Map<String, ObjectRef<Integer>> map = Ray.put(Map.of("k", Ray.put(9))).get();
        assertThat(map.get("k").get()).isEqualTo(9);
    }

    @Check
    static void shouldStillBeReadableWhenTheTaskThatMadeThemEnded() {
        List<ObjectRef<Integer>> refs =
                Ray.task(ReferenceChecks::makeRefs, 10).remote().get();

        assertThat(Ray.get(refs)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(Ray.task(ReferenceChecks::makeLarge).remote().get().get()).hasSize(BLOB);
    }

    @Check
    static void shouldWorkInPlaceOfTheirTaskWhenItIsNotDoneYet() {
        ActorHandle<Gate> gate = Ray.actor(Gate::new).setMaxConcurrency(3).remote();
        ObjectRef<Integer> later = gate.task(Gate::pass, 7).remote();
        ObjectRef<Integer> opened =
                Ray.task(ReferenceChecks::open, new Parcel("p", later)).remote();
        ObjectRef<Integer> added = Ray.task(TaskChecks::plus, later, 1).remote();

        gate.task(Gate::open).remote();

        assertThat(opened.get(20_000)).isEqualTo(7);
        assertThat(added.get(20_000)).isEqualTo(8);
    }

    @Check
    static void shouldKeepTheObjectWhenOnlyAnActorHoldsTheRef() {
        ActorHandle<Shelf> shelf = Ray.actor(Shelf::new).remote();
        shelf.task(ReferenceChecks.Shelf::keep, List.of(Ray.put(TaskChecks.blob(BLOB))))
                .remote()
                .get();

        floodStore();

        assertThat(shelf.task(Shelf::size).remote().get()).isEqualTo(BLOB);
    }

    @Check
    static void shouldGiveMemoryBackWhenRefsAreDropped() {
        floodStore();
        assertThat(Ray.put(TaskChecks.blob(BLOB)).get()).hasSize(BLOB);
    }

    /** Three times what the store holds, no ref kept. */
    private static void floodStore() {
        long objects = 3 * STORE_BYTES / BLOB;
        for (int i = 0; i < objects; i++) {
            Ray.put(new byte[BLOB]);
        }
    }

    @Check
    static void shouldGiveMemoryBackWhenResultsOfTasksAreDropped() {
        long tasks = 3 * STORE_BYTES / BLOB;
        for (int i = 0; i < tasks; i++) {
            assertThat(Ray.task(TaskChecks::blob, BLOB).remote().get()).hasSize(BLOB);
        }
    }

    @Check
    static void shouldBeLostWhenItWasFreed() {
        ObjectRef<byte[]> ref = Ray.put(TaskChecks.blob(BLOB));
        assertThat(ref.get()).hasSize(BLOB);

        Ray.internal().free(List.of(ref), false);

        Await.await(
                () -> {
                    try {
                        ref.get(100);
                        return false;
                    } catch (UnreconstructableException e) {
                        return true;
                    }
                },
                () -> "the freed object can still be read");
    }

    @Check
    static void shouldSayHowMuchWhenAnObjectIsLargerThanTheStore() {
        assertThatThrownBy(() -> Ray.put(new byte[(int) STORE_BYTES + 1]))
                .hasMessageContaining(Long.toString(STORE_BYTES));
    }
}

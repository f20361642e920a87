// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.api.WaitResult;
import java.util.ArrayList;
import java.util.List;

/** Ray.wait. */
final class WaitChecks {
    private WaitChecks() {}

    @Check
    static void shouldReturnAllInOrderWhenAllAreReady() {
        List<ObjectRef<Integer>> refs = List.of(Ray.put(1), Ray.put(2), Ray.put(3));

        WaitResult<Integer> result = Ray.wait(refs);

        assertThat(result.getReady()).containsExactlyElementsOf(refs);
        assertThat(result.getUnready()).isEmpty();
    }

    @Check
    static void shouldReturnNoMoreThanAskedWhenMoreAreReady() {
        List<ObjectRef<Integer>> refs = List.of(Ray.put(1), Ray.put(2), Ray.put(3));

        WaitResult<Integer> result = Ray.wait(refs, 2);

        assertThat(result.getReady()).containsExactly(refs.get(0), refs.get(1));
        assertThat(result.getUnready()).containsExactly(refs.get(2));
    }

    @Check
    static void shouldReturnEarlyWhenEnoughAreReady() {
        ActorHandle<Gate> gate = Ray.actor(Gate::new).setMaxConcurrency(4).remote();
        ObjectRef<Integer> closed = gate.task(Gate::pass, 1).remote();
        ObjectRef<Integer> ready = Ray.put(2);

        WaitResult<Integer> result = Ray.wait(List.of(closed, ready), 1, 20_000);

        assertThat(result.getReady()).containsExactly(ready);
        assertThat(result.getUnready()).containsExactly(closed);
        gate.task(Gate::open).remote();
        assertThat(Ray.wait(List.of(closed, ready), 2, 20_000).getReady()).containsExactly(closed, ready);
    }

    @Check
    static void shouldReturnWhatIsReadyWhenTimeIsOver() {
        ActorHandle<Gate> gate = Ray.actor(Gate::new).setMaxConcurrency(4).remote();
        ObjectRef<Integer> closed = gate.task(Gate::pass, 1).remote();

        WaitResult<Integer> result = Ray.wait(List.of(closed), 1, 30);

        assertThat(result.getReady()).isEmpty();
        assertThat(result.getUnready()).containsExactly(closed);
        assertThat(Ray.wait(List.of(closed), 1, 0).getReady()).isEmpty();
        gate.task(Gate::open).remote();
        assertThat(closed.get()).isEqualTo(1);
    }

    @Check
    static void shouldCountFailedOnesAsReadyWhenTheyEnded() {
        ObjectRef<Integer> failed = Ray.task(TaskFailureChecks::fail, "x").remote();

        assertThat(Ray.wait(List.of(failed), 1, 20_000).getReady()).containsExactly(failed);
    }

    @Check
    static void shouldHandOutEverythingOnceWhenAProgramWaitsInALoop() {
        var pending = new ArrayList<ObjectRef<Integer>>();
        for (int i = 0; i < 60; i++) {
            pending.add(Ray.task(TaskChecks::plus, i, 0).remote());
        }
        var seen = new ArrayList<Integer>();
        List<ObjectRef<Integer>> open = pending;
        while (!open.isEmpty()) {
            WaitResult<Integer> result = Ray.wait(open, 1, 20_000);
            assertThat(result.getReady()).hasSize(1);
            seen.add(result.getReady().getFirst().get());
            open = result.getUnready();
        }

        assertThat(seen).hasSize(60).doesNotHaveDuplicates();
    }

    @Check
    static void shouldBeEmptyWhenTheListIsEmpty() {
        WaitResult<Integer> result = Ray.wait(List.of(), 0, 100);

        assertThat(result.getReady()).isEmpty();
        assertThat(result.getUnready()).isEmpty();
        assertThat(Ray.wait(new ArrayList<ObjectRef<Integer>>()).getReady()).isEmpty();
    }

    @Check
    static void shouldThrowWhenTheListIsNull() {
        assertThatThrownBy(() -> Ray.wait(null)).isInstanceOf(NullPointerException.class);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.util.List;
import java.util.stream.IntStream;

/** Tasks that start tasks and wait for them: more of them blocked than there are CPUs. */
final class NestedTaskChecks {
    private NestedTaskChecks() {}

    static int fibonacci(int n) {
        if (n < 2) {
            return n;
        }
        ObjectRef<Integer> a = Ray.task(NestedTaskChecks::fibonacci, n - 1).remote();
        ObjectRef<Integer> b = Ray.task(NestedTaskChecks::fibonacci, n - 2).remote();
        return a.get() + b.get();
    }

    static int depth(int levels) {
        return levels == 0
                ? 0
                : 1 + Ray.task(NestedTaskChecks::depth, levels - 1).remote().get();
    }

    static int fanOut(int children) {
        List<ObjectRef<Integer>> refs = IntStream.range(0, children)
                .mapToObj(i -> Ray.task(TaskChecks::plus, i, 1).remote())
                .toList();
        return Ray.get(refs).size();
    }

    @Check
    static void shouldEndWhenTasksNestAHundredDeep() {
        assertThat(Ray.task(NestedTaskChecks::depth, 100).remote().get(25_000)).isEqualTo(100);
    }

    @Check
    static void shouldEndWhenEveryTaskWaitsForTwoOthers() {
        assertThat(Ray.task(NestedTaskChecks::fibonacci, 13).remote().get(25_000))
                .isEqualTo(233);
    }

    @Check
    static void shouldEndWhenAThousandAreNested() {
        List<ObjectRef<Integer>> parents = IntStream.range(0, 100)
                .mapToObj(i -> Ray.task(NestedTaskChecks::fanOut, 10).remote())
                .toList();

        assertThat(Ray.get(parents, 25_000)).hasSize(100).containsOnly(10);
    }

    @Check
    static void shouldEndWhenNestedTasksNeedCpus() {
        assertThat(Ray.task(NestedTaskChecks::depthWithCpu, 20)
                        .setResource("CPU", 1.0)
                        .remote()
                        .get(25_000))
                .isEqualTo(20);
    }

    static int depthWithCpu(int levels) {
        return levels == 0
                ? 0
                : 1
                        + Ray.task(NestedTaskChecks::depthWithCpu, levels - 1)
                                .setResource("CPU", 1.0)
                                .remote()
                                .get();
    }
}

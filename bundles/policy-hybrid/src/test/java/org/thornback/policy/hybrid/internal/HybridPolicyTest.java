// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.policy.hybrid.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.id.BinaryId;
import org.thornback.testkit.FixedConfiguration;

class HybridPolicyTest {
    private static final long UNIT = 10_000;
    private static final int TRIES = 300;
    private static final Map<String, Long> ONE_CPU = Map.of("CPU", UNIT);

    private final HybridPolicy policy = new HybridPolicy();
    private final BinaryId local = node(0);

    private static BinaryId node(int number) {
        return BinaryId.of(new byte[] {(byte) (number >> 8), (byte) number});
    }

    /** A node with ten CPUs, some of them in use. */
    private void tenCpus(BinaryId node, double used) {
        policy.changed(node, Map.of("CPU", 10 * UNIT), Map.of("CPU", (long) ((10 - used) * UNIT)));
    }

    private Set<BinaryId> chosen(Map<String, Long> resources) {
        Set<BinaryId> chosen = new HashSet<>();
        for (int i = 0; i < TRIES; i++) {
            chosen.add(policy.choose(resources, local).orElseThrow());
        }
        return chosen;
    }

    @Test
    void shouldStayOnTheAskingNodeUntilHalfOfItIsUsed() {
        tenCpus(local, 4.9);
        tenCpus(node(1), 0);
        assertThat(chosen(ONE_CPU)).containsExactly(local);

        tenCpus(local, 5);
        assertThat(chosen(ONE_CPU)).containsExactly(node(1));
    }

    @Test
    void shouldGoWhereLeastIsUsedWhenAllAreMoreThanHalfUsed() {
        tenCpus(local, 8);
        tenCpus(node(1), 7);
        tenCpus(node(2), 9);
        assertThat(chosen(ONE_CPU)).containsExactly(node(1));

        tenCpus(node(1), 8);
        assertThat(chosen(ONE_CPU)).as("not worse than any").containsExactly(local);
    }

    @Test
    void shouldSpreadOverTheBestFifthOfManyNodesOnly() {
        tenCpus(local, 9);
        for (int i = 1; i <= 5; i++) {
            tenCpus(node(i), 0);
        }
        for (int i = 6; i <= 14; i++) {
            tenCpus(node(i), 8);
        }

        Set<BinaryId> chosen = chosen(ONE_CPU);

        assertThat(chosen).isSubsetOf(node(1), node(2), node(3), node(4), node(5));
        assertThat(chosen)
                .as("chosen at random, so that owners do not all meet on one")
                .hasSizeGreaterThan(1);
    }

    @Test
    void shouldTakeTheOneBestOfFewNodes() {
        tenCpus(local, 9);
        tenCpus(node(1), 6);
        tenCpus(node(2), 7);
        tenCpus(node(3), 8);

        assertThat(chosen(ONE_CPU)).containsExactly(node(1));
    }

    @Test
    void shouldScoreTheMostUsedOfCpuMemoryAndObjectStore() {
        Map<String, Long> total = Map.of("CPU", 10 * UNIT, "memory", 100L, "object_store_memory", 100L, "custom", UNIT);
        for (String scarce : Set.of("memory", "object_store_memory")) {
            Map<String, Long> available = new HashMap<>(total);
            available.put(scarce, 20L);
            policy.changed(local, total, available);
            policy.changed(node(1), total, total);
            assertThat(chosen(ONE_CPU)).as(scarce).containsExactly(node(1));
        }
        Map<String, Long> customUsed = new HashMap<>(total);
        customUsed.put("custom", 0L);
        policy.changed(local, total, customUsed);
        assertThat(chosen(ONE_CPU)).as("custom resources do not count").containsExactly(local);
    }

    @Test
    void shouldKeepNodesWithGpusForThoseThatNeedThem() {
        Map<String, Long> withGpu = Map.of("CPU", 10 * UNIT, "GPU", UNIT);
        policy.changed(local, withGpu, withGpu);
        tenCpus(node(1), 8);

        assertThat(chosen(ONE_CPU)).containsExactly(node(1));
        assertThat(chosen(Map.of("GPU", UNIT / 2))).containsExactly(local);
        tenCpus(node(1), 10);
        assertThat(chosen(ONE_CPU)).as("no other has room").containsExactly(local);
    }

    @Test
    void shouldLetARequestWaitWhereItCanBeGrantedOneDay() {
        tenCpus(local, 10);
        tenCpus(node(1), 10);
        assertThat(chosen(ONE_CPU)).containsExactly(local);

        policy.changed(node(2), Map.of("CPU", 20 * UNIT), Map.of("CPU", 0L));
        assertThat(chosen(Map.of("CPU", 15 * UNIT))).containsExactly(node(2));
    }

    @Test
    void shouldSayWhenNoNodeCanEverGrantIt() {
        assertThat(policy.choose(ONE_CPU, local)).isEmpty();
        tenCpus(local, 0);
        assertThat(policy.choose(Map.of("CPU", 11 * UNIT), local)).isEmpty();
        assertThat(policy.choose(Map.of("GPU", 1L), local)).isEmpty();
    }

    @Test
    void shouldForgetNodesThatAreGone() {
        for (int i = 0; i < 20; i++) {
            tenCpus(node(i), i % 7);
        }
        for (int i = 0; i < 19; i++) {
            policy.removed(node(i));
        }
        policy.removed(node(4711));

        assertThat(chosen(ONE_CPU)).containsExactly(node(19));
        policy.removed(node(19));
        assertThat(policy.choose(ONE_CPU, local)).isEmpty();
    }

    @Test
    void shouldFindTheAskingNodeAmongManyThatHaveNoRoom() {
        for (int i = 1; i <= 200; i++) {
            policy.changed(node(i), Map.of("CPU", 100 * UNIT, "disk", UNIT), Map.of("CPU", 100 * UNIT, "disk", 0L));
        }
        policy.changed(local, Map.of("CPU", 100 * UNIT, "disk", UNIT), Map.of("CPU", 20 * UNIT, "disk", UNIT));

        assertThat(chosen(Map.of("disk", UNIT))).containsExactly(local);
    }

    @Test
    void shouldGoByAnotherThresholdFromTheNextChoiceOn() {
        tenCpus(local, 4);
        tenCpus(node(1), 0);
        assertThat(chosen(ONE_CPU)).containsExactly(local);

        policy.take(new FixedConfiguration().with(OptionCatalogue.SCHEDULER_SPREAD_THRESHOLD, 30));

        assertThat(chosen(ONE_CPU)).containsExactly(node(1));
        policy.take(new FixedConfiguration().with(OptionCatalogue.SCHEDULER_SPREAD_THRESHOLD, 100));
        tenCpus(local, 9);
        assertThat(chosen(ONE_CPU)).containsExactly(local);
    }
}

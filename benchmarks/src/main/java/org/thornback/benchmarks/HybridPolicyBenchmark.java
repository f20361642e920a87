// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks;

import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.thornback.api.id.BinaryId;
import org.thornback.policy.hybrid.internal.HybridPolicy;

/** A scheduling decision in a simulated cluster: a choice, and the change it makes to the chosen node. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HybridPolicyBenchmark {
    private static final long UNIT = 10_000;
    private static final Map<String, Long> TOTAL = Map.of("CPU", 16 * UNIT, "memory", 64L << 30);
    private static final Map<String, Long> WANTED = Map.of("CPU", UNIT);

    /** Nodes of the cluster. */
    @Param({"10", "100", "1000", "10000"})
    public int nodes;

    private final HybridPolicy policy = new HybridPolicy();
    private final SplittableRandom random = new SplittableRandom(42);
    private BinaryId local;

    /** Fills the cluster to a random degree. */
    @Setup
    public void setup() {
        for (int i = 0; i < nodes; i++) {
            BinaryId id = BinaryId.random();
            local = id;
            change(id);
        }
    }

    /**
     * Chooses a node and tells of its new load.
     *
     * @return the node.
     */
    @Benchmark
    public Optional<BinaryId> decide() {
        Optional<BinaryId> chosen = policy.choose(WANTED, local);
        chosen.ifPresent(this::change);
        return chosen;
    }

    private void change(BinaryId id) {
        policy.changed(id, TOTAL, Map.of("CPU", random.nextLong(17) * UNIT, "memory", 64L << 30));
    }
}

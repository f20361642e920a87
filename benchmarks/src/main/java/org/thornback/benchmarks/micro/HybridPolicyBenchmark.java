// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.micro;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.thornback.api.id.BinaryId;
import org.thornback.policy.hybrid.internal.HybridPolicy;

/**
 * A decision in a simulated cluster that is three quarters busy: choose a node, and note what the chosen node has left. One
 * lease somewhere ends for each that begins, so the load stays as it is.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HybridPolicyBenchmark {
    private static final long UNIT = 10_000;
    private static final long CPUS = 16;
    private static final Map<String, Long> TOTAL = Map.of("CPU", CPUS * UNIT, "memory", 64L << 30);
    private static final Map<String, Long> WANTED = Map.of("CPU", UNIT);

    /** What a node can have left, made once: the benchmark measures decisions, not maps. */
    private static final List<Map<String, Long>> LEFT = new ArrayList<>();

    static {
        for (long cpus = 0; cpus <= CPUS; cpus++) {
            LEFT.add(Map.of("CPU", cpus * UNIT, "memory", 64L << 30));
        }
    }

    @Param({"10", "100", "1000", "10000"})
    private int nodes;

    private final SplittableRandom random = new SplittableRandom(1);
    private final HybridPolicy policy = new HybridPolicy();
    private final Map<BinaryId, Integer> numbers = new HashMap<>();
    private BinaryId[] ids;
    private int[] free;
    private int[] leases;
    private int oldest;

    /** Fills the cluster. */
    @Setup
    public void setUp() {
        ids = new BinaryId[nodes];
        free = new int[nodes];
        leases = new int[nodes * (int) CPUS * 3 / 4];
        for (int i = 0; i < nodes; i++) {
            ids[i] = BinaryId.random();
            numbers.put(ids[i], i);
            free[i] = (int) CPUS;
            policy.changed(ids[i], TOTAL, LEFT.get(free[i]));
        }
        for (int i = 0; i < leases.length; i++) {
            leases[i] = lease();
        }
    }

    /**
     * Chooses and notes it, and notes an end.
     *
     * @return the number of the node.
     */
    @Benchmark
    public int decide() {
        int ending = leases[oldest];
        free[ending]++;
        policy.changed(ids[ending], TOTAL, LEFT.get(free[ending]));
        int chosen = lease();
        leases[oldest] = chosen;
        oldest = (oldest + 1) % leases.length;
        return chosen;
    }

    private int lease() {
        Optional<BinaryId> found = policy.choose(WANTED, ids[random.nextInt(nodes)]);
        int node = numbers.get(found.orElseThrow());
        if (free[node] == 0) {
            throw new IllegalStateException("node=" + node + " was chosen and has nothing left");
        }
        free[node]--;
        policy.changed(ids[node], TOTAL, LEFT.get(free[node]));
        return node;
    }
}

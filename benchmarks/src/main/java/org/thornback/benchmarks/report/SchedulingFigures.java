// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.report;

import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.thornback.benchmarks.micro.HybridPolicyBenchmark;

/** Runs the benchmark of scheduling decisions and prints its figures as the other programs do. */
public final class SchedulingFigures {
    private static final int ITERATIONS = 3;

    private SchedulingFigures() {}

    /**
     * Measures.
     *
     * @param arguments none.
     * @throws RunnerException when JMH fails.
     */
    public static void main(String[] arguments) throws RunnerException {
        var options = new OptionsBuilder()
                .include(HybridPolicyBenchmark.class.getName())
                .param("nodes", "100", "10000")
                .forks(1)
                .warmupIterations(ITERATIONS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true)
                .build();
        for (RunResult result : new Runner(options).run()) {
            System.out.printf(
                    Locale.ROOT,
                    "FIGURE decide.%s 1 %.4f%n",
                    result.getParams().getParam("nodes"),
                    result.getPrimaryResult().getScore() / 1e3);
        }
    }
}

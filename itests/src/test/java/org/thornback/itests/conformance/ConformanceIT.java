// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.Playground;
import org.thornback.testkit.Distribution.Answer;

/** What a program may expect of Ray's API: one driver, one cluster of two CPUs, and one test for each check. */
class ConformanceIT {
    private static final Duration LIMIT = Duration.ofMinutes(6);

    @TempDir
    private static Path directory;

    @TestFactory
    Stream<DynamicTest> shouldMeanWhatRayMeansWhenAProgramCallsItsApi() throws IOException, InterruptedException {
        Path report = directory.resolve("report");
        try (var playground = new Playground(directory)) {
            Answer answer = playground.program(
                    LIMIT,
                    ConformanceProgram.class,
                    "-Dray.address=local",
                    "-Dray.num-cpus=2",
                    "-Dray.job.namespace=conformance",
                    "-Dray.object-store-memory=" + ReferenceChecks.STORE_BYTES,
                    "-Dray.resources={\"Special\": 3}",
                    "-Dconformance.only=" + System.getProperty("conformance.only", ".*"),
                    "-Dconformance.report=" + report);
            Map<String, String> failures = failures(report);
            Stream<DynamicTest> checks = ConformanceProgram.SUBJECTS.stream()
                    .flatMap(subject -> ConformanceProgram.checksOf(subject).stream())
                    .map(check -> check.getDeclaringClass().getSimpleName() + "." + check.getName())
                    .filter(name -> name.matches(System.getProperty("conformance.only", ".*")))
                    .map(name -> DynamicTest.dynamicTest(
                            name,
                            () -> assertThat(failures.getOrDefault(name, "did not run; " + answer))
                                    .isEmpty()));
            return Stream.concat(
                    Stream.of(DynamicTest.dynamicTest("the driver ends well", () -> {
                        assertThat(answer.status()).as(answer.toString()).isZero();
                        assertThat(answer.errors()).doesNotContain("WARNING");
                        playground.awaitNoProcess(Duration.ofSeconds(3));
                    })),
                    checks.toList().stream());
        }
    }

    /** By name of the check: empty when it passed, else its stack trace. */
    private static Map<String, String> failures(Path report) throws IOException {
        var failures = new LinkedHashMap<String, String>();
        String current = "";
        for (String line : Files.exists(report) ? Files.readAllLines(report) : java.util.List.<String>of()) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "ok" -> failures.put(words[1], "");
                case "failed" -> {
                    current = words[1];
                    failures.put(current, "failed:");
                }
                case "end" -> current = "";
                default -> failures.computeIfPresent(current, (name, text) -> text + "\n" + line);
            }
        }
        return failures;
    }
}

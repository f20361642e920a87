// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.Playground;
import org.thornback.itests.process.Running;
import org.thornback.testkit.Await;
import org.thornback.testkit.PyArrow;

/**
 * A store that is always full: Java programs put, read and free, and Arrow's client leaves what it made to eviction. A look of
 * some seconds in every build, {@code benchmarks/soak} takes ten minutes.
 */
class SoakIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("thornback.soak.seconds", 8));
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);
    private static final int SAMPLES = 40;
    private static final long CAPACITY = 240_000_000;
    private static final double FULL = 0.75;
    private static final double FLAT = 1.10;
    private static final int MORE_DESCRIPTORS = 4;
    private static final long BYTES_PER_KIB = 1024;

    @TempDir
    private Path directory;

    private Playground playground;

    /** What the node holds at one moment: memory of its own, without the store's, and descriptors. */
    private record Sample(long ownKib, long descriptors) {
        static Sample of(long pid) throws IOException {
            Path process = Path.of("/proc", Long.toString(pid));
            long kib = 0;
            for (String line : Files.readAllLines(process.resolve("status"))) {
                if (line.startsWith("RssAnon:")) {
                    kib = Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
                return new Sample(kib, descriptors.count());
            }
        }
    }

    @BeforeEach
    void open() {
        playground = new Playground(directory);
    }

    @AfterEach
    void close() {
        playground.close();
    }

    @Test
    void shouldStayAsLargeAsItIsWhenItIsAlwaysFull() throws Exception {
        PyArrow.Found found = PyArrow.find();
        assumeThat(found.pyarrow()).as(found.reason()).isPresent();
        String address = playground.startHead("--num-cpus=2", "--object-store-memory=" + CAPACITY);
        long node = playground
                .processes()
                .alive("org.thornback.launcher.Main")
                .getFirst()
                .pid();
        Churning programs = new Churning(playground, directory);
        Running arrow = programs.startArrow(found.pyarrow().get(), "leave");
        programs.startJava(address);
        programs.awaitRunning();

        List<Sample> samples = sample(node);
        long operations = programs.stop().operations();

        Matcher bytes = arrow.awaitOutput("made=(\\d+) most=(\\d+)");
        long made = Long.parseLong(bytes.group(1));
        long most = Long.parseLong(bytes.group(2));
        assertThat(made)
                .as("bytes made by Arrow's client alone, which deletes none")
                .isGreaterThan(CAPACITY);
        assertThat(most).as("bytes of objects at once").isBetween((long) (FULL * CAPACITY), CAPACITY);
        Sample first = largest(samples.subList(samples.size() / 4, samples.size() / 2));
        Sample last = largest(samples.subList(samples.size() * 3 / 4, samples.size()));
        System.out.printf(
                "%d operations in %d s, up to %d of %d bytes in use; most in the second and the last quarter: %s, %s%n",
                operations, LENGTH.toSeconds(), most, CAPACITY, first, last);
        assertThat(last.descriptors()).isLessThanOrEqualTo(first.descriptors() + MORE_DESCRIPTORS);
        if (LENGTH.compareTo(LONG_ENOUGH) >= 0) { // what is compiled and loaded in the first seconds is no leak
            assertThat((double) last.ownKib()).isLessThan(first.ownKib() * FLAT);
        }
        assertThat(last.ownKib() * BYTES_PER_KIB).as("memory of the node's own").isLessThan(300_000_000);
    }

    private static List<Sample> sample(long node) {
        List<Sample> samples = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 1; i <= SAMPLES; i++) {
            long due = begin + LENGTH.toNanos() / SAMPLES * i;
            Await.await(() -> System.nanoTime() >= due, LENGTH.plus(LIMIT), () -> "time stands still");
            try {
                samples.add(Sample.of(node));
            } catch (IOException e) {
                throw new AssertionError("the node is gone", e);
            }
        }
        return samples;
    }

    private static Sample largest(List<Sample> samples) {
        return samples.stream()
                .reduce(
                        new Sample(0, 0),
                        (one, other) -> new Sample(
                                Math.max(one.ownKib, other.ownKib), Math.max(one.descriptors, other.descriptors)));
    }
}

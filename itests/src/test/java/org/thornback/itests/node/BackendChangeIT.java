// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.Playground;
import org.thornback.itests.process.Running;
import org.thornback.itests.programs.Churn;
import org.thornback.testkit.Await;
import org.thornback.testkit.Distribution.Answer;
import org.thornback.testkit.HugePageMount;
import org.thornback.testkit.PyArrow;

/** Backends are changed while Java and Python programs work; nobody fails and no byte changes. */
class BackendChangeIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long NANOS = Duration.ofSeconds(Integer.getInteger("thornback.change.seconds", 12))
            .toNanos();
    private static final int PAGES = 96;
    private static final double LONGEST_PAUSE_MILLIS = 2_000;

    @TempDir
    private Path directory;

    private Playground playground;
    private HugePageMount mount;

    @BeforeEach
    void open() {
        playground = new Playground(directory);
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        playground.close();
        if (mount != null) {
            Await.await(() -> HugePageMount.free() >= PAGES, LIMIT, () -> "huge pages were not given back");
            mount.close();
        }
    }

    @Test
    void shouldLoseNothingWhenBackendsChangeUnderLoad() throws Exception {
        String address = playground.startHead("--num-cpus=2", "--object-store-memory=180000000");
        List<String[]> places = places();
        Path stop = directory.resolve("stop");
        List<Running> programs = start(address, stop);
        int changes = 0;
        for (long end = System.nanoTime() + NANOS; System.nanoTime() < end; changes++) {
            String[] place = places.get(changes % places.size());
            Answer answer = playground.ray(place);
            assertThat(answer.status()).as(answer.toString()).isZero();
            Await.await(() -> !list().contains("still elsewhere"), LIMIT, () -> "objects stay behind: " + list());
        }
        Files.createFile(stop);
        long operations = 0;
        double longest = 0;
        for (Running program : programs) {
            Matcher result = program.awaitOutput("operations=(\\d+) longest=([\\d.]+)");
            operations += Long.parseLong(result.group(1));
            longest = Math.max(longest, Double.parseDouble(result.group(2)));
            assertThat(program.await(LIMIT).status()).isZero();
        }
        System.out.printf(
                "%d changes between backends under %d operations, longest pause %.1f ms; %s",
                changes, operations, longest, list());
        assertThat(changes).isGreaterThanOrEqualTo(4);
        assertThat(operations).isGreaterThan(500);
        assertThat(longest).as("longest pause in ms").isLessThan(LONGEST_PAUSE_MILLIS);
    }

    private String list() {
        try {
            return playground.ray("store", "list").output();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Huge pages and plain memory where huge pages can be had, else two kinds of plain memory. */
    private List<String[]> places() throws InterruptedException {
        HugePageMount.Found found = HugePageMount.find(directory.resolve("huge"), 0, PAGES);
        if (found.mount().isEmpty()) {
            System.out.println("without huge pages: " + found.reason());
            return List.of(
                    new String[] {"store", "use", "shm", "--directory=/dev/shm"}, new String[] {"store", "use", "shm"});
        }
        mount = found.mount().get();
        return List.of(
                new String[] {"store", "use", "hugepages", "--directory=" + mount.directory()},
                new String[] {"store", "use", "shm"});
    }

    private List<Running> start(String address, Path stop) throws Exception {
        List<Running> programs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            programs.add(playground.startProgram(Churn.class, "-Dray.address=" + address, "-Dchurn.stop=" + stop));
        }
        PyArrow.Found found = PyArrow.find();
        if (found.pyarrow().isPresent()) {
            String socket = playground
                    .session()
                    .resolve("sockets/plasma_store")
                    .toRealPath()
                    .toString();
            Path script = Path.of(getClass().getResource("/pyarrow/churn.py").toURI());
            programs.add(playground.start(found.pyarrow().get().command(script, socket, stop.toString())));
        } else {
            System.out.println("without pyarrow: " + found.reason());
        }
        for (Running program : programs) {
            program.awaitOutput("running");
        }
        return programs;
    }

    @Test
    void shouldRefuseABackendThatCannotBeUsedAndChangeNothing() throws Exception {
        playground.startHead("--num-cpus=1", "--object-store-memory=80000000");
        Answer wrong = playground.ray("store", "use", "hugepages", "--directory=" + directory);
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.errors())
                .startsWith("ray store: plasma-directory=" + directory)
                .contains("hugetlbfs");
        Answer unknown = playground.ray("store", "use", "tape");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.errors()).contains("plasma-backend=tape is not there: choose one of ");
        assertThat(playground.ray("store", "use").status()).isEqualTo(2);
        assertThat(list()).containsPattern("shm +yes").doesNotContainPattern("hugepages +yes");
    }
}

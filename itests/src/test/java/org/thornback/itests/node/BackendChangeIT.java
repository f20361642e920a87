// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.Playground;
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
            mount.close();
        }
    }

    @Test
    void shouldLoseNothingWhenBackendsChangeUnderLoad() throws Exception {
        String address = playground.startHead("--num-cpus=2", "--object-store-memory=180000000");
        List<String[]> places = places();
        Churning programs = start(address);
        int changes = 0;
        for (long end = System.nanoTime() + NANOS; System.nanoTime() < end; changes++) {
            changeTo(places.get(changes % places.size()));
        }
        changeTo(places.getLast());
        awaitHugePagesBack("while programs that had mapped them and the node run");
        Churning.Result result = programs.stop();
        System.out.printf(
                "%d changes between backends under %d operations, longest pause %.1f ms; %s",
                changes, result.operations(), result.longestMillis(), list());
        assertThat(changes).isGreaterThanOrEqualTo(4);
        assertThat(result.operations()).isGreaterThan(500);
        assertThat(result.longestMillis()).as("longest pause in ms").isLessThan(LONGEST_PAUSE_MILLIS);
    }

    private void changeTo(String[] place) throws IOException, InterruptedException {
        Answer answer = playground.ray(place);
        assertThat(answer.status()).as(answer.toString()).isZero();
        Await.await(() -> !list().contains("still elsewhere"), LIMIT, () -> "objects stay behind: " + list());
    }

    /** All are free again, whoever still has the store's old memory mapped. */
    private void awaitHugePagesBack(String when) throws InterruptedException {
        if (mount != null) {
            Await.await(
                    () -> free() >= PAGES,
                    LIMIT,
                    () -> "huge pages were not given back " + when + ": " + free() + " of " + PAGES + " are free; "
                            + list());
        }
    }

    private static long free() {
        try {
            return HugePageMount.free();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
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

    private Churning start(String address) throws Exception {
        Churning programs = new Churning(playground, directory);
        programs.startJava(address);
        PyArrow.Found found = PyArrow.find();
        if (found.pyarrow().isPresent()) {
            programs.startArrow(found.pyarrow().get());
        } else {
            System.out.println("without pyarrow: " + found.reason());
        }
        programs.awaitRunning();
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

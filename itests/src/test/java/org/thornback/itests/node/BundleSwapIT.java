// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.ChangedBundle;
import org.thornback.itests.process.Playground;
import org.thornback.itests.process.Running;
import org.thornback.itests.programs.Juggle;
import org.thornback.testkit.Distribution.Answer;

/** The bundles that may go while the node works: they are stopped, updated and started in random order under load. */
class BundleSwapIT {
    private static final long NANOS =
            Duration.ofSeconds(Integer.getInteger("thornback.swap.seconds", 8)).toNanos();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final double LONGEST_WAIT_MILLIS = 2_000;
    private static final List<String> BUNDLES =
            List.of("config", "redis-auth", "scheduler", "log-layout", "plasma-store");

    @TempDir
    private Path directory;

    private Playground playground;

    @BeforeEach
    void open() {
        playground = new Playground(directory);
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        playground.close();
    }

    @Test
    void shouldFailNoOperationAndLoseNoObjectWhileBundlesAreSwapped() throws Exception {
        String address = playground.startHead("--num-cpus=2", "--object-store-memory=180000000");
        assertThat(playground.ray("config", "set", "log-backups", "3").status()).isZero();
        Map<String, String> ids = ids();
        Path stop = directory.resolve("stop");
        Running program = playground.startProgram(Juggle.class, "-Dray.address=" + address, "-Djuggle.stop=" + stop);
        program.awaitOutput("running");
        long seed = System.nanoTime();
        int swaps = swap(ids, changed(), new Random(seed));
        Files.createFile(stop);

        Matcher result = program.awaitOutput("operations=(\\d+) longest=([\\d.]+) \\((.*)\\)");
        assertThat(program.await(LIMIT).status()).isZero();
        double longest = Double.parseDouble(result.group(2));
        System.out.printf(
                "%d bundles stopped, updated and started under %s operations, longest %.1f ms (%s); seed %d%n",
                swaps, result.group(1), longest, result.group(3), seed);
        assertThat(swaps).isGreaterThanOrEqualTo(BUNDLES.size());
        assertThat(longest).as("longest operation in ms").isLessThan(LONGEST_WAIT_MILLIS);
        assertThat(playground.ray("config", "get", "log-backups").output())
                .as("a live edit outlives the bundle that holds it")
                .startsWith("3");
        assertThat(playground.session().resolve("logs").resolve("raylet.err")).isEmptyFile();
        assertThat(playground.session().resolve("logs").resolve("plasma_store.err"))
                .isEmptyFile();
    }

    /** Each comes sometimes as it was at the start, and sometimes with other classes. */
    private int swap(Map<String, String> ids, Map<String, Path> changed, Random random) throws Exception {
        int swaps = 0;
        List<String> order = new ArrayList<>(BUNDLES);
        for (long end = System.nanoTime() + NANOS; System.nanoTime() < end; ) {
            Collections.shuffle(order, random);
            for (String bundle : order) {
                update(
                        ids.get(bundle),
                        random.nextBoolean() ? " " + changed.get(bundle).toUri() : "");
                swaps++;
            }
        }
        return swaps;
    }

    private void update(String id, String location) throws Exception {
        String line = "stop " + id + "; update " + id + location + "; start " + id;
        Answer answer = playground.ray("exec", line);
        assertThat(answer.status()).as(line + ": " + answer).isZero();
    }

    private Map<String, Path> changed() throws IOException {
        Map<String, Path> jars = new LinkedHashMap<>();
        for (String bundle : BUNDLES) {
            jars.put(bundle, ChangedBundle.of("org.thornback." + bundle, directory));
        }
        return jars;
    }

    @Test
    void shouldRuleTheStoreFromBundlesWithOtherClassesWhileAJobRuns() throws Exception {
        String address = playground.startHead("--num-cpus=2", "--object-store-memory=180000000");
        Map<String, String> ids = ids();
        Path stop = directory.resolve("stop");
        Running program = playground.startProgram(Juggle.class, "-Dray.address=" + address, "-Djuggle.stop=" + stop);
        program.awaitOutput("running");

        for (Map.Entry<String, Path> jar : changed().entrySet()) {
            update(ids.get(jar.getKey()), " " + jar.getValue().toUri());
        }

        String list = playground.ray("exec", "lb -s").output();
        BUNDLES.forEach(bundle -> assertThat(list)
                .containsPattern(
                        "Active +\\| +\\d+\\|org\\.thornback\\." + bundle + " \\(" + ChangedBundle.VERSION + "\\)"));
        assertThat(playground.ray("store", "list").output())
                .containsPattern("shm +yes")
                .containsPattern("(?m)^file")
                .containsPattern("(?m)^hugepages");
        Path place = Files.createDirectory(directory.resolve("place"));
        done("store", "use", "file", "--directory=" + place);
        assertThat(playground.ray("store", "list").output()).containsPattern("file +yes +" + place);
        done("config", "set", "object-store-memory", "150000000");
        assertThat(playground.ray("status").output()).contains("of 143.05MiB used");
        Answer wrong = playground.ray("store", "use", "tape");
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.errors()).contains("plasma-backend=tape is not there");
        done("store", "use", "shm");
        assertThat(playground.ray("store", "list").output()).containsPattern("shm +yes");

        Files.createFile(stop);
        program.awaitOutput("operations=");
        assertThat(program.await(LIMIT).status()).isZero();
        assertThat(playground.session().resolve("logs").resolve("plasma_store.err"))
                .isEmptyFile();
        assertThat(playground.session().resolve("logs").resolve("plasma_store.out"))
                .as("nothing moves for an update")
                .content()
                .containsOnlyOnce("object store changes to backend file")
                .containsOnlyOnce("object store changes to backend shm");
    }

    private void done(String... words) throws Exception {
        Answer answer = playground.ray(words);
        assertThat(answer.status()).as(answer.toString()).isZero();
    }

    @Test
    void shouldLetCallsWaitWhileTheStoreAndTheSchedulerAreStopped() throws Exception {
        String address = playground.startHead("--num-cpus=1", "--object-store-memory=80000000");
        Map<String, String> ids = ids();
        Path stop = directory.resolve("stop");
        Running program = playground.startProgram(Juggle.class, "-Dray.address=" + address, "-Djuggle.stop=" + stop);
        program.awaitOutput("running");
        String both = ids.get("plasma-store") + " " + ids.get("scheduler");

        assertThat(playground.ray("exec", "stop " + both).status()).isZero();
        Files.createFile(stop);
        assertThat(playground.ray("status").status())
                .as("who only asks does not wait")
                .isZero();
        assertThat(program.isAlive()).as("it waits for the store").isTrue();
        assertThat(playground.ray("exec", "start " + both).status()).isZero();

        program.awaitOutput("operations=");
        assertThat(program.await(LIMIT).status()).isZero();
    }

    private Map<String, String> ids() throws Exception {
        String list = playground.ray("exec", "lb -s").output();
        Map<String, String> ids = new LinkedHashMap<>();
        for (String bundle : BUNDLES) {
            Matcher line = Pattern.compile("(\\d+)\\|Active +\\| +\\d+\\|org\\.thornback\\." + bundle + " ")
                    .matcher(list);
            assertThat(line.find()).as(bundle + " in " + list).isTrue();
            ids.put(bundle, line.group(1));
        }
        return ids;
    }
}

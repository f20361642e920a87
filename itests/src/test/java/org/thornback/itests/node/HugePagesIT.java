// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.Playground;
import org.thornback.itests.process.Running;
import org.thornback.itests.programs.LargeObjects;
import org.thornback.testkit.Await;
import org.thornback.testkit.Distribution.Answer;
import org.thornback.testkit.HugePageMount;

/** A user without any rights keeps objects in huge pages that root set aside for him. */
class HugePagesIT {
    private static final int USER = 65_534;
    private static final int PAGES = 48;
    private static final String MEMORY = "--object-store-memory=85000000"; // 41 pages
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private Playground playground;
    private HugePageMount mount;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        HugePageMount.Found found = HugePageMount.find(directory.resolve("huge pages"), USER, PAGES);
        assumeTrue(found.mount().isPresent(), found.reason());
        mount = found.mount().get();
        playground = new Playground(directory).as(USER);
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        if (mount != null) {
            playground.close();
            Await.await(() -> HugePageMount.free() >= PAGES, LIMIT, () -> "free pages=" + free() + " after the end");
            mount.close();
        }
    }

    private static long free() {
        try {
            return HugePageMount.free();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Answer start(String... flags) throws Exception {
        String[] words = {"start", "--head", "--port=0", "--node-ip-address=127.0.0.1", MEMORY};
        String[] all = new String[words.length + flags.length];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(flags, 0, all, words.length, flags.length);
        return playground.ray(all);
    }

    @Test
    void shouldKeepObjectsInHugePagesAndGiveThePagesBack() throws Exception {
        long before = free();
        assertThat(start("--huge-pages", "--plasma-directory=" + mount.directory())
                        .status())
                .isZero();
        assertThat(playground.ray("status").output()).contains("backend hugepages");
        Answer program = playground.program(LargeObjects.class, "-Dray.address=auto");
        assertThat(program.output()).as(program.toString()).contains("whole=40 of 40");
        assertThat(free()).as("free pages").isLessThan(before - 2);
        assertThat(Files.list(mount.directory())).as("files with a name").isEmpty();
        assertThat(playground.ray("stop").status()).isZero();
        Await.await(() -> free() == before, LIMIT, () -> "free pages=" + free() + ", expected " + before);
    }

    @Test
    void shouldTakeThemFromPropertiesWhenAProgramOwnsItsCluster() throws Exception {
        Answer program = playground.program(
                LargeObjects.class,
                "-Dray.address=local",
                "-Dray.huge-pages=true",
                "-Dray.plasma-directory=" + mount.directory(),
                "-Dray.object-store-memory=85000000");
        assertThat(program.output()).as(program.toString()).contains("whole=40 of 40");
    }

    @Test
    void shouldSayWhatIsMissingWithTheCommands() throws Exception {
        refused("needs the directory of a hugetlbfs", "--huge-pages");
        refused(
                "is not on a hugetlbfs: run as root `mount -t hugetlbfs -o uid=65534 -o gid=65534 none " + directory,
                "--huge-pages",
                "--plasma-directory=" + directory);
        refused(
                "need 58 huge pages of 2097152 bytes and 48 are free: run as root `echo 58 >"
                        + " /proc/sys/vm/nr_hugepages`",
                "--huge-pages",
                "--plasma-directory=" + mount.directory(),
                "--object-store-memory=120000000");
        HugePageMount.Found roots = HugePageMount.find(directory.resolve("other"), 0, 1);
        assumeTrue(roots.mount().isPresent(), roots.reason());
        try (HugePageMount other = roots.mount().get()) {
            refused("may not write", "--huge-pages", "--plasma-directory=" + other.directory());
        }
    }

    private void refused(String said, String... flags) throws Exception {
        Answer answer = start(flags);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(1);
        assertThat(answer.errors()).contains(said);
        assertThat(answer.errors().strip().lines()).as(answer.errors()).hasSize(1);
    }

    @Test
    void shouldTakePlainPagesWhenHugeOnesAreOnlyPreferred() throws Exception {
        assertThat(start("--huge-pages=prefer", "--plasma-directory=" + directory)
                        .status())
                .isZero();
        assertThat(playground.ray("status").output())
                .contains("backend shm (huge-pages=prefer: plasma-directory=" + directory + " is not on a hugetlbfs");
    }

    @Test
    void shouldTellWhatIsThereAndWhatIsMissing() throws Exception {
        Answer there = playground.ray("doctor", "hugepages", "--directory=" + mount.directory());
        assertThat(there.status()).as(there.toString()).isZero();
        assertThat(there.output())
                .contains("Page size: 2097152 bytes", "Nothing is missing", "are taken from all other memory until")
                .containsPattern("Set aside: \\d+ pages, \\d+ of them free");
        Answer missing = playground.ray(
                "doctor", "hugepages", "--directory=" + directory, "--object-store-memory=1000000000000");
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.output())
                .contains("is not on a hugetlbfs: run as root `mount", "nr_hugepages`, or give a smaller");
        assertThat(playground.ray("doctor", "cold").status()).isEqualTo(2);
    }

    @Test
    void shouldRunTheStoreAloneInHugePages() throws Exception {
        Path socket = directory.resolve("r/plasma");
        Running store = playground.startRay(
                "plasma-store",
                "-s",
                socket.toString(),
                "-m",
                "80000000",
                "-h",
                "-d",
                mount.directory().toString());
        store.awaitErrors("ready at socket=.* on huge pages");
        assertThat(free()).isLessThan(PAGES);
        store.signal("TERM");
        assertThat(store.await(LIMIT).status()).isZero();
    }
}

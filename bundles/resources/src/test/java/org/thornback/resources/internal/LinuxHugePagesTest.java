// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.resources.HugePages;

class LinuxHugePagesTest {
    private static final long PAGE = 2L << 20;
    private static final Path PLACE = Path.of("/mnt/hugepages");
    private static final String MOUNT = "none /mnt/hugepages hugetlbfs rw,relatime,uid=7,gid=8,pagesize=2M 0 0\n";
    private static final String COMMANDS = "`mount -t hugetlbfs -o uid=7 -o gid=8 none /mnt/hugepages` and `echo 8 >"
            + " /proc/sys/vm/hugetlb_shm_group`";

    @TempDir
    Path root;

    @BeforeEach
    void machineWithHugePages() throws IOException {
        write("proc/meminfo", "MemTotal: 16777216 kB\nHugepagesize:       2048 kB\n");
        write("proc/self/mounts", "none / ext4 rw 0 0\n" + MOUNT);
        pool("2048", 100, 60, 10);
        Files.createDirectories(root.resolve("mnt/hugepages"));
    }

    private void pool(String kibibytes, int total, int free, int promised) throws IOException {
        String directory = "sys/kernel/mm/hugepages/hugepages-" + kibibytes + "kB/";
        write(directory + "nr_hugepages", total + "\n");
        write(directory + "free_hugepages", free + "\n");
        write(directory + "resv_hugepages", promised + "\n");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private HugePages look(long bytes) {
        return new LinuxHugePages(root, 7, 8).look(PLACE, bytes);
    }

    @Test
    void shouldCountPagesThatArePromisedToOthersAsTaken() {
        HugePages pages = look(50 * PAGE);
        assertThat(pages.missing()).isEmpty();
        assertThat(pages.pageSize()).isEqualTo(PAGE);
        assertThat(pages.totalPages()).isEqualTo(100);
        assertThat(pages.freePages()).isEqualTo(50);
        assertThat(pages.available()).isEqualTo(50 * PAGE);
    }

    @Test
    void shouldSayHowManyPagesAreLackingAndHowToGetThem() {
        assertThat(look(50 * PAGE + 1).missing())
                .containsExactly(
                        "104857601 bytes of objects need 51 huge pages of 2097152 bytes and 50 are free: run as root"
                                + " `echo 101 > /proc/sys/vm/nr_hugepages`, or give a smaller object-store-memory.");
    }

    @Test
    void shouldGiveTheCommandsForADirectoryThatIsNotThere() throws IOException {
        Files.delete(root.resolve("mnt/hugepages"));
        write("proc/self/mounts", "none / ext4 rw 0 0\n");
        assertThat(look(0).missing())
                .containsExactly("plasma-directory=/mnt/hugepages does not exist and should be a hugetlbfs for huge"
                        + " pages: run as root `mkdir -p /mnt/hugepages` and " + COMMANDS + ".");
    }

    @Test
    void shouldGiveTheCommandsForADirectoryOfAnotherKind() throws IOException {
        write("proc/self/mounts", MOUNT + "tmpfs /mnt/hugepages tmpfs rw 0 0\n"); // the later mount hides the earlier
        assertThat(look(0).missing())
                .containsExactly(
                        "plasma-directory=/mnt/hugepages is not on a hugetlbfs: run as root " + COMMANDS + ".");
    }

    @Test
    void shouldTakeThePageSizeOfTheFileSystemAndItsOwnPool() throws IOException {
        write("proc/self/mounts", MOUNT.replace("pagesize=2M", "pagesize=1024M"));
        pool("1048576", 0, 0, 0);
        assertThat(look(1).missing())
                .containsExactly("1073741824 bytes of objects need 1 huge pages of 1073741824 bytes and 0 are free: run"
                        + " as root `echo 1 > /sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages`, or give a"
                        + " smaller object-store-memory.");
    }

    @Test
    void shouldTellEverythingThatIsMissingAtOnce() throws IOException {
        write("proc/self/mounts", "none / ext4 rw 0 0\n");
        pool("2048", 0, 0, 0);
        assertThat(look(PAGE).missing()).hasSize(2);
    }

    @Test
    void shouldTrustPromisesOfPagesWhereNothingLimitsThem() throws IOException {
        assertThat(look(PAGE).promisesHold()).isTrue();
        write("sys/devices/system/node/has_memory", "0-1\n");
        write("proc/self/status", "Name: java\nMems_allowed_list:\t0-1\n");
        assertThat(look(PAGE).promisesHold()).isTrue();
        write("sys/fs/cgroup/hugetlb.2MB.max", "max\n");
        assertThat(look(PAGE).promisesHold()).isTrue();
    }

    @Test
    void shouldNotTrustPromisesOfPagesOnNodesItMayNotUse() throws IOException {
        write("sys/devices/system/node/has_memory", "0-1\n");
        write("proc/self/status", "Name: java\nMems_allowed_list:\t1\n");
        assertThat(look(PAGE).promisesHold()).isFalse();
    }

    @Test
    void shouldNotTrustPromisesOfPagesThatAControlGroupCountsWhenTheyAreTouched() throws IOException {
        write("sys/fs/cgroup/hugetlb.2MB.max", "4194304\n");
        assertThat(look(PAGE).promisesHold()).isFalse();
        write("sys/fs/cgroup/hugetlb.2MB.max", "max\n");
        write("proc/self/cgroup", "3:hugetlb:/own\n");
        write("sys/fs/cgroup/hugetlb/own/hugetlb.2MB.limit_in_bytes", "4194304\n");
        assertThat(look(PAGE).promisesHold()).isFalse();
    }

    @Test
    void shouldSayWhenTheKernelHasNone() throws IOException {
        write("proc/meminfo", "MemTotal: 16777216 kB\n");
        write("proc/self/mounts", "none / ext4 rw 0 0\n");
        assertThat(look(PAGE).missing())
                .singleElement()
                .asString()
                .contains("needs Linux with hugetlbfs")
                .contains("huge-pages=prefer");
    }
}

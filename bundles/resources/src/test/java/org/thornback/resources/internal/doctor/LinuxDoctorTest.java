// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.health.Diagnosis;
import org.thornback.api.health.Diagnosis.Verdict;
import org.thornback.api.health.MachineDoctor.Plan;
import org.thornback.api.resources.HugePages;

/** Each fault is made below a root of the test's own, and found there with the command that mends it. */
class LinuxDoctorTest {
    private static final Path TEMP = Path.of("/tmp/ray");
    private static final Path SHM = Path.of("/dev/shm");
    private static final long GIB = 1L << 30;
    private static final String LIMITS = "Limit                     Soft Limit           Hard Limit           Units\n"
            + "Max processes             %s               %s               processes\n"
            + "Max open files            1024                 %s               files\n";

    @TempDir
    Path root;

    private final Map<Path, long[]> rooms = new HashMap<>();
    private Clock clock = Clock.systemUTC();
    private HugePages pages =
            new HugePages(Path.of("/mnt/hugepages"), 2 << 20, 0, 0, 0, true, List.of("nothing is there"));

    @BeforeEach
    void healthyMachine() throws IOException {
        Files.createDirectories(root.resolve("dev/shm"));
        Files.createDirectories(root.resolve("tmp/ray/session_2020-01-01_00-00-00_000001_7"));
        write("proc/self/mounts", "/dev/sda1 / ext4 rw 0 0\ntmpfs /dev/shm tmpfs rw,nosuid,nodev 0 0\n");
        write("proc/self/limits", LIMITS.formatted("unlimited", "unlimited", "1048576"));
        write("proc/self/cgroup", "0::/box\n");
        write("sys/fs/cgroup/box/memory.max", "max\n");
        write("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<Diagnosis> examine() {
        Place place = new Place(
                root,
                directory -> rooms.getOrDefault(
                        Path.of("/").resolve(root.relativize(directory)), new long[] {50 * GIB, 100 * GIB}));
        return new LinuxDoctor(place, clock, (directory, bytes) -> pages)
                .examine(new Plan(TEMP, SHM, TEMP, Path.of("/mnt/hugepages"), 80_000_000));
    }

    private void assertProblem(String subject, String finding, String remedy) {
        List<Diagnosis> problems = examine().stream()
                .filter(one -> one.verdict() == Verdict.PROBLEM)
                .toList();
        assertThat(problems).extracting(Diagnosis::subject).containsExactly(subject);
        assertThat(problems.getFirst().finding()).contains(finding);
        assertThat(problems.getFirst().remedy()).contains(remedy);
    }

    @Test
    void shouldFindNothingOnAMachineThatIsWell() {
        assertThat(examine()).allSatisfy(one -> assertThat(one.verdict()).isEqualTo(Verdict.OK));
        assertThat(examine())
                .extracting(Diagnosis::subject)
                .containsExactly(
                        "memory-file-system",
                        "huge-pages",
                        "disk of temp-dir",
                        "cgroup",
                        "file-descriptors",
                        "processes",
                        "clock");
    }

    @Test
    void shouldFindAMemoryFileSystemThatIsTooSmall() {
        rooms.put(SHM, new long[] {60_000_000, 64 << 20});
        assertProblem("memory-file-system", "/dev/shm has 60000000 of 67108864 bytes left", "mount -o remount,size=");
    }

    @Test
    void shouldFindAMemoryFileSystemThatIsNotThereOrReadOnly() throws IOException {
        write("proc/self/mounts", "tmpfs /dev/shm tmpfs ro,nosuid 0 0\n");
        assertProblem("memory-file-system", "may not be written", "mount -o remount,rw,mode=1777 /dev/shm");

        Files.delete(root.resolve("dev/shm"));
        assertProblem("memory-file-system", "does not exist", "mount -t tmpfs");
    }

    @Test
    void shouldSayThatObjectsWouldLieOnADisk() throws IOException {
        write("proc/self/mounts", "/dev/sda1 / ext4 rw 0 0\n");
        assertThat(examine().getFirst().finding()).contains("It is on ext4, not in memory");
    }

    @Test
    void shouldFindHugePagesThatAreSetAsideForNobody() {
        pages = new HugePages(
                Path.of("/mnt/hugepages"), 2 << 20, 64, 64, 0, true, List.of("run as root `mount -t hugetlbfs`."));
        assertProblem("huge-pages", "64 pages of 2097152 bytes are set aside", "mount -t hugetlbfs");

        pages = new HugePages(Path.of("/mnt/hugepages"), 2 << 20, 64, 64, 64L << 21, true, List.of());
        assertThat(examine()).extracting(Diagnosis::verdict).containsOnly(Verdict.OK);
    }

    @Test
    void shouldFindADiskThatIsFull() {
        rooms.put(TEMP, new long[] {2 * GIB, 100 * GIB});
        assertProblem("disk of temp-dir", "is 98 % full", "du -xh");

        rooms.put(TEMP, new long[] {GIB / 2, GIB});
        assertProblem("disk of temp-dir", "536870912 bytes left", "--temp-dir=");
    }

    @Test
    void shouldFindATemporaryDirectoryThatIsNone() throws IOException {
        Files.delete(root.resolve("tmp/ray/session_2020-01-01_00-00-00_000001_7"));
        Files.delete(root.resolve("tmp/ray"));
        write("tmp/ray", "a file");
        assertProblem("disk of temp-dir", "temp-dir=/tmp/ray is no directory", "rm /tmp/ray");
    }

    @Test
    void shouldFindLimitsOfTheControlGroupThatAreTooLow() throws IOException {
        write("sys/fs/cgroup/box/memory.max", "536870912\n");
        assertProblem("cgroup", "allows 536870912 bytes of memory", "docker run --memory");

        write("sys/fs/cgroup/box/memory.max", "4294967296\n");
        write("sys/fs/cgroup/box/memory.current", "4200000000\n");
        assertProblem("cgroup", "94967296 are left", "systemd-cgtop");

        write("sys/fs/cgroup/box/memory.current", "0\n");
        write("sys/fs/cgroup/box/cpu.max", "50000 100000\n");
        assertProblem("cgroup", "allows 0.5 CPUs", "docker run --cpus");
    }

    @Test
    void shouldFindTooFewFilesAndProcesses() throws IOException {
        write("proc/self/limits", LIMITS.formatted("unlimited", "unlimited", "1024"));
        assertProblem("file-descriptors", "may open 1024 files", "nofile 65536");

        write("proc/self/limits", LIMITS.formatted("200", "256", "1048576"));
        assertProblem("processes", "may have 256 processes", "nproc 65536");

        write("proc/self/limits", LIMITS.formatted("unlimited", "unlimited", "1048576"));
        write("sys/fs/cgroup/box/pids.max", "100\n");
        assertProblem("processes", "allows 100 processes and threads", "--pids-limit");
    }

    @Test
    void shouldFindAClockThatWentBackBehindASession() throws IOException {
        Files.createDirectory(root.resolve("tmp/ray/session_2999-01-01_00-00-00_000001_7"));
        assertProblem("clock", "has a session of 2999-01-01_00-00-00", "timedatectl set-ntp true");
    }

    @Test
    void shouldFindAClockThatIsOffTheFileSystems() {
        clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2));
        assertProblem("clock", "s off the clock", "On the machine that has the files, too");
    }

    @Test
    void shouldFindAClockThatIsSlowToRead() throws IOException {
        write("sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet\n");
        write("sys/devices/system/clocksource/clocksource0/available_clocksource", "tsc hpet \n");
        assertProblem("clock", "from hpet", "echo tsc >");
    }

    @Test
    void shouldLeaveNothingBehind() throws IOException {
        examine();
        try (var files = Files.list(root.resolve("tmp/ray"))) {
            assertThat(files).hasSize(1);
        }
    }
}

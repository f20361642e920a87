// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thornback.api.resources.Machine;

class LinuxDetectorTest {
    private static final long GIB = 1L << 30;
    private static final int PROCESSORS = 8;

    @TempDir
    Path root;

    @BeforeEach
    void sixteenGib() throws IOException {
        write("proc/meminfo", "MemTotal:       16777216 kB\nMemFree:         100 kB\nMemAvailable:   12582912 kB\n");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Machine detect() {
        return new LinuxDetector(root, PROCESSORS, Optional.empty()).detect();
    }

    private int gpusSeenWith(String visible) {
        return new LinuxDetector(root, PROCESSORS, Optional.ofNullable(visible))
                .detect()
                .gpus();
    }

    @Test
    void shouldTakeWhatTheMachineHasWithoutLimits() {
        assertThat(detect()).isEqualTo(new Machine(PROCESSORS, 0, 16 * GIB, 12 * GIB));
    }

    @ParameterizedTest
    @CsvSource({"max 100000, 8", "200000 100000, 2", "250000 100000, 3", "50000 100000, 1", "9900000 100000, 8"})
    void shouldRoundAQuotaOfVersionTwoUpToWholeCpus(String quota, int cpus) throws IOException {
        write("sys/fs/cgroup/cpu.max", quota + "\n");

        assertThat(detect().cpus()).isEqualTo(cpus);
    }

    @ParameterizedTest
    @CsvSource({"-1, 8", "400000, 4", "10000, 1"})
    void shouldTakeAQuotaOfVersionOne(String quota, int cpus) throws IOException {
        write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", quota + "\n");
        write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");

        assertThat(detect().cpus()).isEqualTo(cpus);
    }

    @Test
    void shouldStayWithinTheMemoryOfVersionTwoAndCountItsFileCacheAsFree() throws IOException {
        write("sys/fs/cgroup/memory.max", 4 * GIB + "\n");
        write("sys/fs/cgroup/memory.current", 3 * GIB + "\n");
        write(
                "sys/fs/cgroup/memory.stat",
                "anon 1073741824\ninactive_file " + GIB + "\nactive_file " + GIB / 2 + "\nslab 5\n");

        assertThat(detect().totalMemory()).isEqualTo(4 * GIB);
        assertThat(detect().availableMemory()).isEqualTo(4 * GIB - (3 * GIB - GIB - GIB / 2));
    }

    @Test
    void shouldStayWithinTheMemoryOfVersionOne() throws IOException {
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", 2 * GIB + "\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", GIB + "\n");

        assertThat(detect()).isEqualTo(new Machine(PROCESSORS, 0, 2 * GIB, GIB));
    }

    @Test
    void shouldNotTakeNoLimitForOne() throws IOException {
        write("sys/fs/cgroup/memory.max", "max\n");
        write("sys/fs/cgroup/memory.current", 3 * GIB + "\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", GIB + "\n");

        assertThat(detect()).isEqualTo(new Machine(PROCESSORS, 0, 16 * GIB, 12 * GIB));
    }

    @Test
    void shouldNotCountMemoryThatOthersOnTheMachineUse() throws IOException {
        write("sys/fs/cgroup/memory.max", 15 * GIB + "\n");
        write("sys/fs/cgroup/memory.current", "0\n");

        assertThat(detect().availableMemory()).isEqualTo(12 * GIB);
    }

    @Test
    void shouldLookAtTheGroupsBetweenTheMountAndItsOwn() throws IOException {
        write("proc/self/cgroup", "0::/user.slice/app.scope\n");
        Map<String, String> limits = Map.of(
                "user.slice/memory.max", 8 * GIB + "",
                "user.slice/memory.current", 7 * GIB + "",
                "user.slice/app.scope/memory.max", 6 * GIB + "",
                "user.slice/app.scope/memory.current", GIB + "",
                "user.slice/app.scope/cpu.max", "300000 100000",
                "user.slice/cpu.max", "600000 100000",
                "other.slice/memory.max", GIB + "");
        for (Map.Entry<String, String> limit : limits.entrySet()) {
            write("sys/fs/cgroup/" + limit.getKey(), limit.getValue());
        }

        assertThat(detect()).isEqualTo(new Machine(3, 0, 6 * GIB, GIB));
    }

    @Test
    void shouldTakeTheMountForItsGroupWhereTheHostsPathIsNotThere() throws IOException {
        write("proc/self/cgroup", "11:cpu,cpuacct:/docker/0123\n4:memory:/docker/0123\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", 2 * GIB + "");
        write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "100000");
        write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");

        assertThat(detect()).isEqualTo(new Machine(1, 0, 2 * GIB, 12 * GIB));
    }

    @Test
    void shouldCountTheGpusItMaySee() throws IOException {
        for (int i = 0; i < 3; i++) {
            write("proc/driver/nvidia/gpus/0000:0" + i + ":00.0/information", "Model: A100\n");
        }

        assertThat(gpusSeenWith(null)).isEqualTo(3);
        assertThat(gpusSeenWith("0,2")).isEqualTo(2);
        assertThat(gpusSeenWith("GPU-aa,GPU-bb,GPU-cc,GPU-dd")).isEqualTo(3);
        assertThat(gpusSeenWith("")).isZero();
        assertThat(gpusSeenWith("NoDevFiles")).isZero();
        assertThat(gpusSeenWith("-1")).isZero();
        assertThat(gpusSeenWith("1,-1,2")).isEqualTo(1);
    }

    @Test
    void shouldFindThisMachine() {
        Machine machine = new LinuxDetector().detect();

        assertThat(machine.cpus()).isBetween(1, Runtime.getRuntime().availableProcessors());
        assertThat(machine.totalMemory()).isGreaterThan(64L << 20);
        assertThat(machine.availableMemory()).isBetween(1L, machine.totalMemory());
    }
}

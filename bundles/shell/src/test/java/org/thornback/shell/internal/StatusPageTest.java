// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thornback.api.cluster.NodeDescription;
import org.thornback.api.cluster.NodeStatus;
import org.thornback.api.cluster.NodeStatus.Demand;
import org.thornback.api.store.StoreCounter;
import org.thornback.api.store.StoreStatistics;

class StatusPageTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 25, 7, 8, 9);
    private static final long GIB = 1L << 30;

    static NodeDescription node() {
        Path session = Path.of("/tmp/ray/session_1");
        return new NodeDescription(
                "abc123",
                "10.0.0.1",
                "10.0.0.1:6379",
                session,
                session.resolve("raylet"),
                session.resolve("plasma_store"),
                session.resolve("command"));
    }

    static NodeStatus status(Map<String, Long> total, Map<String, Long> available, List<Demand> demands) {
        return new NodeStatus(node(), total, available, demands, 1, 2, 3);
    }

    private static String page(NodeStatus status) {
        return StatusPage.text(status, Optional.empty(), NOW, false);
    }

    @Test
    void shouldLayTheAnswerOutInTheSectionsOfRay() {
        NodeStatus status = status(
                Map.of("CPU", 40_000L, "memory", 2 * GIB * 10_000, "node:10.0.0.1", 10_000L),
                Map.of("CPU", 25_000L, "memory", GIB * 10_000, "node:10.0.0.1", 10_000L),
                List.of());

        assertThat(page(status)).isEqualTo("""
            ======== Cluster status: 2026-11-25 07:08:09 ========
            Node status
            ---------------------------------------------------------------
            Active:
             1 node_abc123 (10.0.0.1)
            Pending:
             (no pending nodes)
            Recent failures:
             (no failures)

            Resources
            ---------------------------------------------------------------
            Usage:
             1.5/4.0 CPU
             1.00GiB/2.00GiB memory

            Demands:
             (no resource demands)

            Jobs: 1  Workers: 2  Actors: 3
            Session: /tmp/ray/session_1
            """);
    }

    @Test
    void shouldShowPlacesAndInternalResourcesWhenAskedFor() {
        NodeStatus status = status(Map.of("node:10.0.0.1", 10_000L), Map.of("node:10.0.0.1", 9_999L), List.of());

        assertThat(StatusPage.text(status, Optional.empty(), NOW, true))
                .contains(" 0.0001/1.0 node:10.0.0.1\n")
                .endsWith("""
                    Session: /tmp/ray/session_1
                    Redis: 10.0.0.1:6379
                    Raylet: /tmp/ray/session_1/raylet
                    Plasma store: /tmp/ray/session_1/plasma_store
                    """);
    }

    @Test
    void shouldShowDemandsWithTheMostWantedFirst() {
        NodeStatus status = status(
                Map.of(),
                Map.of(),
                List.of(
                        new Demand(Map.of("GPU", 5_000L), 1),
                        new Demand(Map.of("memory", GIB * 10_000, "CPU", 20_000L), 30),
                        new Demand(Map.of(), 2)));

        assertThat(page(status)).contains("""
            Demands:
             {'CPU': 2.0, 'memory': 1.00GiB}: 30+ pending tasks/actors
             {}: 2+ pending tasks/actors
             {'GPU': 0.5}: 1+ pending tasks/actors
            """);
    }

    @Test
    void shouldCountOnlyMemoryInBytes() {
        NodeStatus status = status(
                Map.of("object_store_memory", GIB * 10_000, "shared_memory", 40_000L),
                Map.of("object_store_memory", GIB * 10_000, "shared_memory", 40_000L),
                List.of());

        assertThat(page(status)).contains(" 0B/1.00GiB object_store_memory\n", " 0.0/4.0 shared_memory\n");
    }

    @Test
    void shouldAskTheStoreHowFullItIs() {
        NodeStatus status = status(
                Map.of("object_store_memory", GIB * 10_000), Map.of("object_store_memory", GIB * 10_000), List.of());
        StoreStatistics store = new StoreStatistics(
                "shm",
                "",
                Map.of(
                        StoreCounter.SEALED_OBJECTS,
                        12L,
                        StoreCounter.USED_BYTES,
                        1536L,
                        StoreCounter.CAPACITY_BYTES,
                        GIB,
                        StoreCounter.RESERVED_BYTES,
                        64L << 20));

        assertThat(StatusPage.text(status, Optional.of(store), NOW, false))
                .contains(" 1.50KiB/1.00GiB object_store_memory\n")
                .contains("Object store: 12 objects, 1.50KiB of 1.00GiB used, 64.00MiB taken from the system,"
                        + " backend shm\n");
    }

    @Test
    void shouldShowWhatIsLentBeyondTheTotal() {
        NodeStatus status = status(Map.of("CPU", 10_000L), Map.of("CPU", -10_000L), List.of());

        assertThat(page(status)).contains(" 2.0/1.0 CPU\n");
    }

    @Test
    void shouldCountBytesInTheLargestFittingUnit() {
        assertThat(StatusPage.bytes(0)).isEqualTo("0B");
        assertThat(StatusPage.bytes(1023)).isEqualTo("1023B");
        assertThat(StatusPage.bytes(1024)).isEqualTo("1.00KiB");
        assertThat(StatusPage.bytes(GIB * 3 / 2)).isEqualTo("1.50GiB");
        assertThat(StatusPage.bytes(GIB << 10)).isEqualTo("1.00TiB");
        assertThat(StatusPage.bytes(GIB << 20)).isEqualTo("1024.00TiB");
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.resources.Machine;
import org.thornback.api.resources.NodeResources;
import org.thornback.testkit.FixedConfiguration;

class ResourceRulesTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final long UNIT = NodeResources.UNIT;
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final List<String> problems = new ArrayList<>();
    private FixedConfiguration configuration = new FixedConfiguration();
    private Machine machine = new Machine(4, 1, 20 * GIB, 10 * GIB);
    private long freeSpace = 8 * GIB;
    private StorePlace.Kind kind = StorePlace.Kind.MEMORY;

    private NodeResources resolve() {
        StorePlace place = new StorePlace(SHARED_MEMORY, freeSpace, kind);
        return new ResourceRules(configuration, machine, place, problems).resolve("10.0.0.7");
    }

    @Test
    void shouldOfferWhatWasDetected() {
        long store = 3 * GIB;

        NodeResources resources = resolve();

        assertThat(problems).isEmpty();
        assertThat(resources.objectStoreMemory()).isEqualTo(store);
        assertThat(resources.total())
                .isEqualTo(Map.of(
                        "CPU",
                        4 * UNIT,
                        "GPU",
                        UNIT,
                        "memory",
                        (10 * GIB - store) * UNIT,
                        "object_store_memory",
                        store * UNIT,
                        "node:10.0.0.7",
                        UNIT,
                        "node:__internal_head__",
                        UNIT));
    }

    @Test
    void shouldOfferWhatWasConfiguredAndLeaveOutWhatIsNothing() {
        configuration = configuration
                .with(OptionCatalogue.NUM_CPUS, 64)
                .with(OptionCatalogue.NUM_GPUS, 0)
                .with(OptionCatalogue.MEMORY, GIB)
                .with(OptionCatalogue.OBJECT_STORE_MEMORY, 100 * MIB)
                .with(OptionCatalogue.RESOURCES, "{\"Resource1\":4,\"Resource2\":16.0,\"None\":0}");

        NodeResources resources = resolve();

        assertThat(problems).isEmpty();
        assertThat(resources.total())
                .containsEntry("CPU", 64 * UNIT)
                .containsEntry("memory", GIB * UNIT)
                .containsEntry("object_store_memory", 100 * MIB * UNIT)
                .containsEntry("Resource1", 4 * UNIT)
                .containsEntry("Resource2", 16 * UNIT)
                .doesNotContainKeys("GPU", "None");
        assertThat(resources.cpus()).as("how many threads make sense").isEqualTo(4);
    }

    @Test
    void shouldTakeNoMoreThanTheFileSystemHolds() {
        freeSpace = 2 * GIB;
        assertThat(resolve().objectStoreMemory()).isEqualTo((long) (0.95 * 2 * GIB));
    }

    @Test
    void shouldTakeAllHugePagesAndLeaveTheOtherMemoryToTasks() {
        kind = StorePlace.Kind.HUGE_PAGES;
        NodeResources resources = resolve();
        assertThat(resources.objectStoreMemory()).isEqualTo(8 * GIB);
        assertThat(resources.total()).containsEntry("memory", 10 * GIB * UNIT);
    }

    @Test
    void shouldTakeNoMoreThanTwoHundredGigabytesByDefault() {
        machine = new Machine(128, 0, 4_000 * GIB, 3_000 * GIB);
        freeSpace = 2_000 * GIB;
        assertThat(resolve().objectStoreMemory()).isEqualTo(200_000_000_000L);
    }

    @Test
    void shouldRefuseAStoreLargerThanItsFileSystem() {
        configuration = configuration.with(OptionCatalogue.OBJECT_STORE_MEMORY, 9 * GIB);

        resolve();

        assertThat(problems)
                .singleElement()
                .asString()
                .contains("object-store-memory=" + 9 * GIB, "plasma-directory=/dev/shm", "" + 8 * GIB, "--shm-size");
    }

    @Test
    void shouldRefuseAStoreThatIsTooSmall() {
        configuration = configuration.with(OptionCatalogue.OBJECT_STORE_MEMORY, 75 * MIB - 1);

        resolve();

        assertThat(problems).singleElement().asString().contains("less than the minimum allowed", "75 MiB");
    }

    @Test
    void shouldSayWhatToDoInAContainerWithTooLittleSharedMemory() {
        freeSpace = 64 * MIB; // what Docker gives

        resolve();

        assertThat(problems)
                .singleElement()
                .asString()
                .contains("plasma-directory=/dev/shm has only " + 64 * MIB, "--shm-size", "--plasma-directory")
                .doesNotContain("object-store-memory=");
    }
}

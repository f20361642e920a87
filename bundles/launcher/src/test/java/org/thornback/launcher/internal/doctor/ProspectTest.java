// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.health.MachineDoctor.Plan;
import org.thornback.testkit.FixedConfiguration;

class ProspectTest {
    private static final Path SHM = Path.of("/dev/shm");
    private static final Path HUGE = Path.of("/mnt/hugepages");
    private static final Path TEMP = Path.of("/tmp/ray");

    @Test
    void shouldUseWhatANodeUsesThatIsToldNothing() {
        assertThat(Prospect.of(new FixedConfiguration(), false))
                .isEqualTo(new Prospect(new Plan(TEMP, SHM, TEMP, HUGE, 75 << 20), 6379));
    }

    @Test
    void shouldUseWhatTheConfigurationSays() {
        FixedConfiguration configuration = new FixedConfiguration()
                .with(OptionCatalogue.PORT, 0)
                .with(OptionCatalogue.TEMP_DIR, "/t")
                .with(OptionCatalogue.PLASMA_DIRECTORY, "/p")
                .with(OptionCatalogue.OBJECT_SPILLING_DIRECTORY, "/s")
                .with(OptionCatalogue.OBJECT_STORE_MEMORY, 80_000_000L);

        assertThat(Prospect.of(configuration, false))
                .isEqualTo(new Prospect(new Plan(Path.of("/t"), Path.of("/p"), Path.of("/s"), HUGE, 80_000_000), 0));
    }

    @Test
    void shouldLookForHugePagesWhereTheStoreWouldTakeThem() {
        FixedConfiguration configuration = new FixedConfiguration().with(OptionCatalogue.PLASMA_DIRECTORY, "/p");
        Path there = Path.of("/p");

        assertThat(Prospect.of(configuration, true).plan().hugePageDirectory()).isEqualTo(there);
        assertThat(Prospect.of(configuration.with(OptionCatalogue.HUGE_PAGES, "true"), false)
                        .plan()
                        .hugePageDirectory())
                .isEqualTo(there);
        assertThat(Prospect.of(configuration.with(OptionCatalogue.PLASMA_BACKEND, "hugepages"), false)
                        .plan()
                        .hugePageDirectory())
                .isEqualTo(there);
        Plan preferred = Prospect.of(configuration.with(OptionCatalogue.HUGE_PAGES, "prefer"), false)
                .plan();
        assertThat(preferred.hugePageDirectory()).isEqualTo(there);
        assertThat(preferred.plasmaDirectory()).as("without them").isEqualTo(SHM);
    }
}

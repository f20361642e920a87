// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thornback.api.InvalidInputException;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.resources.Machine;
import org.thornback.api.resources.NodeResources;
import org.thornback.api.resources.ResourceListener;
import org.thornback.testkit.FixedConfiguration;

class ResourceOptionsTest {
    private static final long GIB = 1L << 30;
    private static final long UNIT = NodeResources.UNIT;

    private final FixedConfiguration configuration = new FixedConfiguration();
    private final Machine machine = new Machine(4, 0, 20 * GIB, 10 * GIB);
    private final StorePlace place = new StorePlace(Path.of("/dev/shm"), 8 * GIB, StorePlace.Kind.MEMORY);
    private final NodeResources first =
            new ResourceRules(configuration, machine, place, new ArrayList<>()).resolve("10.0.0.7");
    private final ResourceOptions options = new ResourceOptions(machine, place, first);
    private final List<NodeResources> heard = new ArrayList<>();

    @Test
    void shouldTellWhatIsOfferedNowAndLeaveAloneWhatNobodyEdited() {
        options.add(heard::add);
        assertThat(heard).as("nothing was edited").isEmpty();

        options.take(configuration.with(OptionCatalogue.NUM_CPUS, 2).with(OptionCatalogue.RESOURCES, "{\"red\": 3}"));

        assertThat(heard).singleElement().satisfies(now -> {
            assertThat(now.total()).containsEntry("CPU", 2 * UNIT).containsEntry("red", 3 * UNIT);
            assertThat(now.total().get("memory")).isEqualTo(first.total().get("memory"));
            assertThat(now.objectStoreMemory()).isEqualTo(first.objectStoreMemory());
        });
    }

    @Test
    void shouldTellWhoComesLaterWhatWasEditedBefore() {
        options.take(configuration.with(OptionCatalogue.NUM_CPUS, 2));

        options.add(heard::add);

        assertThat(heard)
                .singleElement()
                .satisfies(now -> assertThat(now.total()).containsEntry("CPU", 2 * UNIT));
    }

    @Test
    void shouldLetEverybodyGoBackWhenOneRefuses() {
        ResourceListener full = now -> {
            throw new InvalidInputException("no room");
        };
        options.add(heard::add);
        options.add(full);

        assertThatThrownBy(() -> options.take(configuration.with(OptionCatalogue.NUM_CPUS, 2)))
                .hasMessage("no room");

        assertThat(heard).hasSize(2);
        assertThat(heard.getLast()).isEqualTo(first);
        assertThatThrownBy(() -> options.take(configuration.with(OptionCatalogue.OBJECT_STORE_MEMORY, 1000L)))
                .hasMessageContaining("object-store-memory=1000 bytes is less than the minimum");
    }
}

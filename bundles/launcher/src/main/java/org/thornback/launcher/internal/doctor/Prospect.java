// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.doctor;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.health.MachineDoctor.Plan;
import org.thornback.api.store.StoreBackend;

/**
 * What {@code ray start --head} would use of this machine, as its configuration says; the configuration itself, whichever layers
 * it is made of, is asked of its bundle.
 *
 * @param plan what is the machine's.
 * @param port the head would take; 0 for any.
 */
public record Prospect(Plan plan, int port) {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Path HUGE_PAGE_PLACE = Path.of("/mnt/hugepages");
    private static final Path TEMP = Path.of("/tmp/ray");
    private static final int PORT = 6379;

    /** The least a store may have: without a size it takes no more than what is there. */
    private static final long STORE_LEAST = 75L << 20;

    /** Checks that nothing is missing. */
    public Prospect {
        requireNonNull(plan, "plan");
    }

    /**
     * Reads it.
     *
     * @param configuration a node would have.
     * @param hugePagesToo  the configured directory is where huge pages are looked for, whether or not the store would use them.
     * @return what that node would use.
     */
    public static Prospect of(Configuration configuration, boolean hugePagesToo) {
        Optional<Path> directory = path(configuration, OptionCatalogue.PLASMA_DIRECTORY);
        String hugePages = configuration
                .find(OptionCatalogue.PLASMA_BACKEND)
                .filter(StoreBackend.HUGE_PAGES::equals)
                .map(backend -> "true")
                .orElseGet(() -> configuration.value(OptionCatalogue.HUGE_PAGES));
        boolean forHugePages = hugePagesToo || !hugePages.equals("false");
        Path temp = path(configuration, OptionCatalogue.TEMP_DIR).orElse(TEMP);
        Plan plan = new Plan(
                temp,
                directory.filter(place -> !hugePages.equals("prefer")).orElse(SHARED_MEMORY),
                path(configuration, OptionCatalogue.OBJECT_SPILLING_DIRECTORY).orElse(temp),
                directory.filter(place -> forHugePages).orElse(HUGE_PAGE_PLACE),
                configuration.find(OptionCatalogue.OBJECT_STORE_MEMORY).orElse(STORE_LEAST));
        return new Prospect(plan, configuration.find(OptionCatalogue.PORT).orElse(PORT));
    }

    /**
     * What a node without any option would use, for when the options cannot be asked for.
     *
     * @return the same whatever is configured.
     */
    public static Prospect ofDefaults() {
        return new Prospect(new Plan(TEMP, SHARED_MEMORY, TEMP, HUGE_PAGE_PLACE, STORE_LEAST), PORT);
    }

    private static Optional<Path> path(Configuration configuration, Option<String> option) {
        return configuration.find(option).map(text -> Path.of(text).toAbsolutePath());
    }
}

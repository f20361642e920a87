// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal;

import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.resources.Machine;
import org.thornback.api.resources.NodeResources;

/**
 * Ray's rules for what a node offers by default and what it may offer at most.
 *
 * <ul>
 *   <li>Object store: 30 % of free memory, at most 200 GB and 95 % of its file system, at least 75 MiB.
 *   <li>In huge pages: all that are free, for they serve nobody else; at most 200 GB, at least 75 MiB.
 *   <li>Memory: what is free and not the object store's.
 *   <li>Amounts of zero are left out.
 * </ul>
 */
final class ResourceRules {
    private static final double STORE_SHARE = 0.3;
    private static final double FILE_SYSTEM_SHARE = 0.95;
    private static final long STORE_MOST = 200_000_000_000L;
    static final long STORE_LEAST = 75L << 20;

    private final Configuration configuration;
    private final Machine machine;
    private final StorePlace place;
    private final List<String> problems;

    ResourceRules(Configuration configuration, Machine machine, StorePlace place, List<String> problems) {
        this.configuration = configuration;
        this.machine = machine;
        this.place = place;
        this.problems = problems;
    }

    NodeResources resolve(String ip) {
        long store = objectStoreMemory(place.directory(), place.free());
        long taken = place.kind() == StorePlace.Kind.MEMORY ? store : 0;
        long memory = configuration.find(OptionCatalogue.MEMORY).orElse(Math.max(0, machine.availableMemory() - taken));
        Map<String, Long> total = new HashMap<>();
        put(total, "CPU", configuration.find(OptionCatalogue.NUM_CPUS).orElse(machine.cpus()));
        put(total, "GPU", configuration.find(OptionCatalogue.NUM_GPUS).orElse(machine.gpus()));
        put(total, "memory", memory);
        put(total, "object_store_memory", store);
        put(total, "node:" + ip, 1);
        put(total, "node:__internal_head__", 1);
        JsonParser.parseString(configuration.value(OptionCatalogue.RESOURCES))
                .getAsJsonObject()
                .entrySet()
                .forEach(entry ->
                        put(total, entry.getKey(), (long) entry.getValue().getAsDouble()));
        return new NodeResources(total, machine.cpus(), store, place.directory(), ip);
    }

    private long objectStoreMemory(Path directory, long freeSpace) {
        Optional<Long> asked = configuration.find(OptionCatalogue.OBJECT_STORE_MEMORY);
        long store = asked.orElseGet(this::defaultStoreMemory);
        if (asked.isPresent() && store > freeSpace) {
            problems.add("object-store-memory=" + store + " bytes exceeds what plasma-directory=" + directory
                    + " has free, " + freeSpace + " bytes; give less, free space there, or enlarge it"
                    + " (in Docker: --shm-size).");
        } else if (asked.isPresent() && store < STORE_LEAST) {
            problems.add("object-store-memory=" + store + " bytes is less than the minimum allowed, " + STORE_LEAST
                    + " bytes (75 MiB); give more.");
        } else if (store < STORE_LEAST) {
            problems.add("plasma-directory=" + directory + " has only " + freeSpace + " bytes free and the machine "
                    + machine.availableMemory() + " bytes of memory, which leaves less for the object store than the"
                    + " minimum of " + STORE_LEAST + " bytes (75 MiB); free some, enlarge the file system (in Docker:"
                    + " --shm-size), or give another --plasma-directory.");
        }
        return store;
    }

    private long defaultStoreMemory() {
        if (place.kind() == StorePlace.Kind.HUGE_PAGES) {
            return Math.min(STORE_MOST, place.free());
        }
        long share = (long) (machine.availableMemory() * STORE_SHARE);
        return Math.min(share, Math.min(STORE_MOST, (long) (place.free() * FILE_SYSTEM_SHARE)));
    }

    private static void put(Map<String, Long> total, String name, long amount) {
        if (amount > 0) {
            total.put(name, Math.multiplyExact(amount, NodeResources.UNIT));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.metrics.internal;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.metrics.MetricSource;
import org.thornback.api.metrics.MetricsSink;
import org.thornback.api.store.ObjectStore;
import org.thornback.api.store.StoreCounter;
import org.thornback.api.store.StoreStatistics;

/** What the object store counts: all of it under our names, some of it also under Ray's. Safe from any thread. */
@Component
public final class StoreMetrics implements MetricSource {
    private static final String TOTAL = "_TOTAL";
    private static final Set<String> ON_DISK = Set.of("file");

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ObjectStore store;

    /** Waits for somebody to ask. */
    @Activate
    public StoreMetrics() {}

    @Override
    public void report(MetricsSink sink) {
        ObjectStore asked = store;
        if (asked == null) {
            return;
        }
        StoreStatistics statistics = asked.statistics();
        long used = statistics.value(StoreCounter.USED_BYTES);
        gauge(
                sink,
                "available_memory",
                "Bytes objects may still take.",
                statistics.value(StoreCounter.CAPACITY_BYTES) - used);
        gauge(sink, "used_memory", "Bytes objects take.", used);
        gauge(sink, "num_local_objects", "Objects here.", statistics.value(StoreCounter.SEALED_OBJECTS));
        memory(sink, ON_DISK.contains(statistics.backend()) ? "MMAP_DISK" : "MMAP_SHM", used);
        memory(sink, "SPILLED", statistics.value(StoreCounter.SPILLED_BYTES));
        for (StoreCounter counter : StoreCounter.values()) {
            String name = "thornback_store_" + counter.name().toLowerCase(Locale.ROOT);
            String description = "Object store: " + counter.label() + ".";
            if (counter.name().endsWith(TOTAL)) {
                sink.counter(name, description, Map.of(), statistics.value(counter));
            } else {
                sink.gauge(name, description, Map.of(), statistics.value(counter));
            }
        }
    }

    private static void gauge(MetricsSink sink, String name, String description, long value) {
        sink.gauge("ray_object_store_" + name, description, Map.of(), value);
    }

    private static void memory(MetricsSink sink, String location, long bytes) {
        sink.gauge(
                "ray_object_store_memory", "Bytes of objects by where they are.", Map.of("Location", location), bytes);
    }
}

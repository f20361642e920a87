// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.thornback.api.cluster.NodeStatus;
import org.thornback.api.store.StoreCounter;
import org.thornback.api.store.StoreStatistics;

/** Lays out the answer to {@code ray status}, in the sections Ray's has. */
final class StatusPage {
    private static final long UNIT = 10_000;
    private static final Set<String> BYTES = Set.of("memory", "object_store_memory");
    private static final String RULE = "-".repeat(63);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private StatusPage() {}

    /**
     * The page.
     *
     * @param status  what the raylet says.
     * @param store   what the store says; empty while it is away.
     * @param now     moment shown in the heading.
     * @param verbose show internal resources and places, too.
     * @return lines, the last one ended.
     */
    static String text(NodeStatus status, Optional<StoreStatistics> store, LocalDateTime now, boolean verbose) {
        StringBuilder page = new StringBuilder();
        line(page, "======== Cluster status: " + TIME.format(now) + " ========");
        line(page, "Node status");
        line(page, RULE);
        line(page, "Active:");
        line(page, " 1 node_" + status.node().nodeId() + " (" + status.node().nodeIp() + ")");
        line(page, "Pending:");
        line(page, " (no pending nodes)");
        line(page, "Recent failures:");
        line(page, " (no failures)");
        line(page, "");
        line(page, "Resources");
        line(page, RULE);
        line(page, "Usage:");
        usage(status, store, verbose).forEach(text -> line(page, " " + text));
        line(page, "");
        line(page, "Demands:");
        demands(status).forEach(text -> line(page, " " + text));
        line(page, "");
        line(page, "Jobs: " + status.jobs() + "  Workers: " + status.workers() + "  Actors: " + status.actors());
        store.ifPresent(told -> line(page, objects(told)));
        line(page, "Session: " + status.node().sessionDirectory());
        if (verbose) {
            line(page, "Redis: " + status.node().redisAddress());
            line(page, "Raylet: " + status.node().rayletSocket());
            line(page, "Plasma store: " + status.node().storeSocket());
        }
        return page.toString();
    }

    private static List<String> usage(NodeStatus status, Optional<StoreStatistics> store, boolean verbose) {
        return new TreeMap<>(status.total())
                .entrySet().stream()
                        .filter(total -> verbose || !total.getKey().startsWith("node:"))
                        .map(total -> {
                            String name = total.getKey();
                            long used = total.getValue() - status.available().getOrDefault(name, 0L);
                            if (name.equals("object_store_memory") && store.isPresent()) {
                                used = Math.multiplyExact(store.get().value(StoreCounter.USED_BYTES), UNIT);
                            }
                            return amount(name, used) + "/" + amount(name, total.getValue()) + " " + name;
                        })
                        .toList();
    }

    private static List<String> demands(NodeStatus status) {
        if (status.demands().isEmpty()) {
            return List.of("(no resource demands)");
        }
        return status.demands().stream()
                .sorted(Comparator.comparingInt(NodeStatus.Demand::count).reversed())
                .map(demand -> resources(demand.resources()) + ": " + demand.count() + "+ pending tasks/actors")
                .toList();
    }

    private static String resources(Map<String, Long> resources) {
        StringBuilder text = new StringBuilder("{");
        new TreeMap<>(resources)
                .forEach((name, amount) -> text.append(text.length() > 1 ? ", " : "")
                        .append('\'')
                        .append(name)
                        .append("': ")
                        .append(amount(name, amount)));
        return text.append('}').toString();
    }

    private static String objects(StoreStatistics store) {
        return "Object store: " + store.value(StoreCounter.SEALED_OBJECTS) + " objects, "
                + bytes(store.value(StoreCounter.USED_BYTES)) + " of "
                + bytes(store.value(StoreCounter.CAPACITY_BYTES)) + " used, "
                + bytes(store.value(StoreCounter.RESERVED_BYTES)) + " taken from the system, backend "
                + store.backend() + (store.remark().isEmpty() ? "" : " (" + store.remark() + ")");
    }

    private static String amount(String name, long units) {
        return BYTES.contains(name) ? bytes(units / UNIT) : number(units);
    }

    private static String number(long units) {
        return units % UNIT == 0
                ? units / UNIT + ".0"
                : String.format(Locale.ROOT, "%.4f", units / (double) UNIT).replaceFirst("0+$", "");
    }

    static String bytes(long count) {
        String[] names = {"B", "KiB", "MiB", "GiB", "TiB"};
        double amount = count;
        int name = 0;
        while (amount >= 1024 && name < names.length - 1) {
            amount /= 1024;
            name++;
        }
        return name == 0 ? count + "B" : String.format(Locale.ROOT, "%.2f%s", amount, names[name]);
    }

    private static void line(StringBuilder page, String text) {
        page.append(text).append('\n');
    }
}

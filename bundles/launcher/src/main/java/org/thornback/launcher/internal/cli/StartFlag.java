// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One flag of {@code ray start}.
 *
 * @param key         name without the dashes, also the key of the option in the catalogue.
 * @param value       word for the value in the help; empty for a switch, in brackets when it may be left out.
 * @param description one line for the help.
 */
record StartFlag(String key, String value, String description) {
    /** Every flag, in the order of the help. */
    static final List<StartFlag> ALL = List.of(
            new StartFlag("head", "", "Start the head node of a new cluster."),
            new StartFlag("address", "host:port", "Join the cluster whose Redis primary is there."),
            new StartFlag("port", "port", "Port of the Redis primary of a head (default 6379; 0 takes a free one)."),
            new StartFlag("node-ip-address", "ip", "Address other nodes and users see."),
            new StartFlag("num-cpus", "count", "CPUs of this node (default: what the machine or its container has)."),
            new StartFlag("num-gpus", "count", "GPUs of this node (default: what is detected)."),
            new StartFlag(
                    "resources", "json", "Custom resources, for instance '{\"Resource1\": 4, \"Resource2\": 16}'."),
            new StartFlag("memory", "bytes", "Memory for tasks and actors (default: what the store leaves)."),
            new StartFlag("object-store-memory", "bytes", "Size of the object store (default: 30 %% of free memory)."),
            new StartFlag("plasma-directory", "directory", "Memory file system of the object store."),
            new StartFlag(
                    "huge-pages", "[true|prefer]", "Keep objects in huge pages of plasma-directory, a hugetlbfs."),
            new StartFlag("object-spilling-directory", "directory", "Where held objects go when the store is full."),
            new StartFlag("plasma-backend", "name", "Backend of the object store: shm, file, hugepages (default shm)."),
            new StartFlag("redis-password", "password", "Password of Redis; RAY_REDIS_PASSWORD is safer. No spaces."),
            new StartFlag("redis-shard-ports", "ports", "Ports of the Redis shards of a head, with commas."),
            new StartFlag("num-redis-shards", "count", "Redis shards of a head beside the primary (default 1)."),
            new StartFlag("redis-max-memory", "bytes", "Most memory for each Redis shard."),
            new StartFlag("temp-dir", "directory", "Root temporary directory, absolute (default /tmp/ray)."),
            new StartFlag(
                    "metrics-export-port", "port", "Port on loopback where Prometheus reads metrics (default none)."),
            new StartFlag("include-webui", "[true|false]", "Start the Felix web console, on loopback (default false)."),
            new StartFlag("webui-port", "port", "Port of the web console (default 8265; 0 takes a free one)."),
            new StartFlag("block", "", "Stay in the foreground; Ctrl-C stops the node."),
            new StartFlag("shell", "", "With --block: a shell of the node in the foreground; its end ends the node."));

    StartFlag {
        requireNonNull(key, "key");
        requireNonNull(value, "value");
        requireNonNull(description, "description");
    }

    boolean isSwitch() {
        return value.isEmpty();
    }

    /** Whether it may stand alone, which means {@code true}. */
    boolean isOptional() {
        return value.startsWith("[");
    }
}

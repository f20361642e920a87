// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.config;

import java.util.List;
import org.thornback.api.security.Secret;

/**
 * Every option of a node: the one place where names, defaults, ranges and meanings are written down.
 *
 * <p>Sizes are plain bytes, as in Ray.
 */
public final class OptionCatalogue {
    /** The password everybody knows; it keeps port scanners out, no more. */
    public static final String WELL_KNOWN_PASSWORD = "5241590000000000";

    private static final long MAX_PORT = 65_535;
    private static final long MAX_AMOUNT = 100_000_000_000_000L;

    /** Port of the primary Redis. */
    public static final Option<Integer> PORT = Option.of(
                    "port", Integer.class, "Port of the primary Redis, the address of the cluster; 0 for a free one.")
            .within(0, MAX_PORT, "");

    /** Address of the node. */
    public static final Option<String> NODE_IP_ADDRESS = Option.of(
                    "node-ip-address", String.class, "Address other nodes and users reach this node at.")
            .asProperty("ray.node-ip")
            .inEnvironment("RAY_NODE_IP_ADDRESS");

    /** CPUs. */
    public static final Option<Integer> NUM_CPUS = Option.of(
                    "num-cpus", Integer.class, "CPUs tasks and actors may hold; by default those of the machine.")
            .within(0, MAX_AMOUNT, "")
            .asLive();

    /** GPUs. */
    public static final Option<Integer> NUM_GPUS = Option.of(
                    "num-gpus", Integer.class, "GPUs tasks and actors may hold; by default those of the machine.")
            .within(0, MAX_AMOUNT, "")
            .asLive();

    /** Custom resources. */
    public static final Option<String> RESOURCES = Option.of(
                    "resources", String.class, "Custom resources as JSON, for instance {\"Resource1\": 4}.")
            .byDefault("{}")
            .asLive();

    /** Memory. */
    public static final Option<Long> MEMORY = Option.of(
                    "memory", Long.class, "Memory tasks and actors may hold; by default what is free of the machine's.")
            .within(0, MAX_AMOUNT, "bytes")
            .asLive();

    /** Capacity of the object store. */
    public static final Option<Long> OBJECT_STORE_MEMORY = Option.of(
                    "object-store-memory", Long.class, "Capacity of the object store; by default 30 % of free memory.")
            .within(0, MAX_AMOUNT, "bytes")
            .asLive();

    /** Directory of the object store. */
    public static final Option<String> PLASMA_DIRECTORY = Option.of(
                    "plasma-directory", String.class, "Directory of the object store's memory; by default /dev/shm.")
            .asLive();

    /** Directory of what the object store writes out. */
    public static final Option<String> OBJECT_SPILLING_DIRECTORY = Option.of(
            "object-spilling-directory",
            String.class,
            "Where the object store writes held objects when it is full; by default the session's directory.");

    /** Huge pages. */
    public static final Option<String> HUGE_PAGES = Option.of(
                    "huge-pages",
                    String.class,
                    "Whether the object store uses huge pages, in plasma-directory; prefer takes plain ones without"
                            + " them.")
            .among("true", "false", "prefer")
            .byDefault("false")
            .asLive();

    /** Backend of the object store. */
    public static final Option<String> PLASMA_BACKEND = Option.of(
                    "plasma-backend",
                    String.class,
                    "Name of the object store's backend: shm, file, hugepages or another; by default shm.")
            .asLive();

    /** Password of Redis. */
    public static final Option<Secret> REDIS_PASSWORD = Option.of(
                    "redis-password", Secret.class, "Password of Redis, without spaces; a long one is better.")
            .asProperty("ray.redis.password")
            .inEnvironment("RAY_REDIS_PASSWORD")
            .byDefault(WELL_KNOWN_PASSWORD)
            .asSecret();

    /** File with the password of Redis. */
    public static final Option<String> REDIS_PASSWORD_FILE = Option.of(
            "redis-password-file", String.class, "File of mode 0600 whose first line is the password of Redis.");

    /** Ports of the shards. */
    public static final Option<String> REDIS_SHARD_PORTS = Option.of(
                    "redis-shard-ports", String.class, "Ports of the Redis shards, separated by commas.")
            .byDefault("");

    /** Number of shards. */
    public static final Option<Integer> NUM_REDIS_SHARDS = Option.of(
                    "num-redis-shards", Integer.class, "Number of Redis shards beside the primary.")
            .within(1, 64, "")
            .byDefault("1");

    /** Most memory of a shard. */
    public static final Option<Long> REDIS_MAX_MEMORY = Option.of(
                    "redis-max-memory", Long.class, "Most memory of each Redis shard; by default without limit.")
            .within(10_000_000, MAX_AMOUNT, "bytes");

    /** Root of temporary files. */
    public static final Option<String> TEMP_DIR = Option.of(
                    "temp-dir", String.class, "Root directory of sessions; an absolute path.")
            .inEnvironment("RAY_TMPDIR");

    /** Scheduling policy. */
    public static final Option<String> SCHEDULER_POLICY = Option.of(
                    "scheduler-policy",
                    String.class,
                    "Name of the policy that chooses the node of a lease, see ray policy list; by default the one that"
                            + " ranks highest.")
            .asLive();

    /** How full a node is before the hybrid policy prefers others. */
    public static final Option<Integer> SCHEDULER_SPREAD_THRESHOLD = Option.of(
                    "scheduler-spread-threshold",
                    Integer.class,
                    "How much of a node is in use before the policy hybrid prefers those with less.")
            .within(0, 100, "percent")
            .byDefault("50")
            .asLive();

    /** Workers kept ahead of need. */
    public static final Option<Integer> NUM_WARM_WORKERS = Option.of(
                    "num-warm-workers",
                    Integer.class,
                    "Worker processes that wait ahead of need, and used ones kept; by default one for each CPU.")
            .within(1, 1024, "")
            .asLive();

    /** Deploy folder. */
    public static final Option<String> DEPLOY_DIRECTORY = Option.of(
            "deploy-directory",
            String.class,
            "Directory whose bundles, jars, configurations and features are taken in while the node runs; by default"
                    + " deploy/ of the distribution.");

    /** Log level. */
    public static final Option<String> LOG_LEVEL = Option.of(
                    "log-level", String.class, "Least level of what the components log.")
            .among("TRACE", "DEBUG", "INFO", "WARN", "ERROR")
            .asProperty("ray.logging.level")
            .inEnvironment("RAY_LOG_LEVEL")
            .byDefault("INFO")
            .asLive();

    /** Largest log file. */
    public static final Option<Long> LOG_MAX_BYTES = Option.of(
                    "log-max-bytes", Long.class, "A component's log file is rotated at this size.")
            .inEnvironment("RAY_ROTATION_MAX_BYTES")
            .within(1024, MAX_AMOUNT, "bytes")
            .byDefault("536870912")
            .asLive();

    /** Rotated log files kept. */
    public static final Option<Integer> LOG_BACKUPS = Option.of(
                    "log-backups", Integer.class, "Rotated log files kept for each component.")
            .inEnvironment("RAY_ROTATION_BACKUP_COUNT")
            .within(0, 1000, "")
            .byDefault("5")
            .asLive();

    /** Port of the metrics. */
    public static final Option<Integer> METRICS_EXPORT_PORT = Option.of(
                    "metrics-export-port",
                    Integer.class,
                    "Port on loopback where Prometheus reads metrics, with the session's token; 0 for a free one, none"
                            + " by default.")
            .within(0, MAX_PORT, "");

    /** Web console. */
    public static final Option<String> INCLUDE_WEBUI = Option.of(
                    "include-webui",
                    String.class,
                    "Whether the Felix web console is started, on loopback and with the session's password.")
            .among("true", "false")
            .byDefault("false");

    /** Port of the web console. */
    public static final Option<Integer> WEBUI_PORT = Option.of(
                    "webui-port", Integer.class, "Port of the web console on loopback; 0 for a free one.")
            .within(0, MAX_PORT, "")
            .byDefault("8265");

    /** Every option. */
    public static final List<Option<?>> ALL = List.of(
            PORT,
            NODE_IP_ADDRESS,
            NUM_CPUS,
            NUM_GPUS,
            RESOURCES,
            MEMORY,
            OBJECT_STORE_MEMORY,
            PLASMA_DIRECTORY,
            OBJECT_SPILLING_DIRECTORY,
            HUGE_PAGES,
            PLASMA_BACKEND,
            REDIS_PASSWORD,
            REDIS_PASSWORD_FILE,
            REDIS_SHARD_PORTS,
            NUM_REDIS_SHARDS,
            REDIS_MAX_MEMORY,
            TEMP_DIR,
            SCHEDULER_POLICY,
            SCHEDULER_SPREAD_THRESHOLD,
            NUM_WARM_WORKERS,
            DEPLOY_DIRECTORY,
            LOG_LEVEL,
            LOG_MAX_BYTES,
            LOG_BACKUPS,
            METRICS_EXPORT_PORT,
            INCLUDE_WEBUI,
            WEBUI_PORT);

    private OptionCatalogue() {}
}

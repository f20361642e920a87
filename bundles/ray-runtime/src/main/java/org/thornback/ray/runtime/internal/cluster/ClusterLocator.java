// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.thornback.api.InvalidInputException;
import org.thornback.api.redis.RedisProbe;
import org.thornback.api.security.Secret;

/**
 * Finds the cluster a driver means, or starts one for it.
 *
 * <p>In this order: {@code -Dray.address}, {@code RAY_ADDRESS}, the newest node this user started with {@code ray start}, and
 * else a head of its own on loopback. {@code local} always starts one, {@code auto} never does.
 */
public final class ClusterLocator {
    private static final String HEAD_ARGUMENTS = "ray.head-args";
    private static final String DEFAULT_PASSWORD = "5241590000000000";

    /** Options of a node that {@code Ray.init()} takes from system properties {@code ray.<option>}. */
    private static final List<String> NODE_OPTIONS = List.of(
            "num-cpus",
            "num-gpus",
            "resources",
            "memory",
            "object-store-memory",
            "plasma-directory",
            "huge-pages",
            "plasma-backend",
            "object-spilling-directory",
            "redis-shard-ports",
            "num-redis-shards",
            "redis-max-memory",
            "temp-dir");

    private ClusterLocator() {}

    /**
     * Finds or starts the cluster.
     *
     * @param properties  system properties.
     * @param environment environment variables.
     * @return where to connect.
     * @throws InvalidInputException when there is no such cluster or it cannot be started, in one sentence for each reason.
     */
    public static Cluster locate(Properties properties, Map<String, String> environment) {
        return locate(properties, environment, new LocalNodes(Path.of("/proc")));
    }

    static Cluster locate(Properties properties, Map<String, String> environment, LocalNodes nodes) {
        Optional<String> password = given(properties.getProperty("ray.redis.password"))
                .or(() -> given(environment.get("RAY_REDIS_PASSWORD")));
        String address = given(properties.getProperty("ray.address"))
                .or(() -> given(environment.get("RAY_ADDRESS")))
                .orElse("");
        return switch (address) {
            case "local" -> start(properties);
            case "" ->
                newest(nodes).map(node -> connect(node, properties, password)).orElseGet(() -> start(properties));
            case "auto" ->
                connect(
                        newest(nodes)
                                .orElseThrow(() -> new InvalidInputException(
                                        "ray.address=auto, but could not find any running Ray instance: start one with"
                                                + " `ray start --head`, or give its host:port.")),
                        properties,
                        password);
            default ->
                connect(
                        nodes.ready().stream()
                                .filter(node -> node.isAt(address))
                                .findFirst()
                                .orElseThrow(() -> new InvalidInputException(
                                        stranger(address, password.orElse(DEFAULT_PASSWORD)))),
                        properties,
                        password);
        };
    }

    /** What is at an address where no node of this machine is, in one sentence. */
    private static String stranger(String address, String password) {
        String subject = "ray.address=" + address + " ";
        try {
            return subject
                    + switch (RedisProbe.look(address, Secret.of(password))) {
                        case NO_ADDRESS ->
                            "is not an address: expected host:port as `ray start` prints it, auto, or local.";
                        case CLUSTER ->
                            "is a cluster without a node of yours on this machine: run this program where its node"
                                    + " runs.";
                        case WRONG_PASSWORD ->
                            "refused the Redis password: give that of the head with RAY_REDIS_PASSWORD or"
                                    + " ray.redis.password.";
                        case STRANGER ->
                            "answers, but is not a Ray cluster: give the address that `ray start --head` printed.";
                    };
        } catch (IOException silent) {
            return subject + "does not answer (" + silent.getMessage()
                    + "): is the head node running? `ray start --head` starts one.";
        }
    }

    private static Optional<LocalNode> newest(LocalNodes nodes) {
        return nodes.ready().stream().filter(node -> !node.owned()).reduce((first, last) -> last);
    }

    private static Cluster connect(LocalNode node, Properties properties, Optional<String> password) {
        List<String> resources = nodeOptions(properties);
        if (!resources.isEmpty()) {
            throw new InvalidInputException(
                    "When connecting to an existing cluster, num-cpus, num-gpus and other options of a"
                            + " node must not be provided: the cluster at " + node.redisAddress()
                            + " runs already, remove "
                            + String.join(" ", resources)
                            + ", or start a cluster of your own with -Dray.address=local.");
        }
        return new Cluster(node.rayletSocket(), false, password, () -> {});
    }

    private static Cluster start(Properties properties) {
        List<String> words = new ArrayList<>(List.of("start", "--head", "--port=0", "--node-ip-address=127.0.0.1"));
        given(properties.getProperty("ray.redis.password")).ifPresent(text -> words.add("--redis-password=" + text));
        words.addAll(nodeOptions(properties));
        OwnedHead head = OwnedHead.start(Path.of(properties.getProperty("thornback.home")), words);
        return new Cluster(head.node().rayletSocket(), true, Optional.empty(), head::end);
    }

    /** The options as words of a command line; later ones win, and {@code ray.head-args} come last. */
    private static List<String> nodeOptions(Properties properties) {
        List<String> words = new ArrayList<>();
        for (String option : NODE_OPTIONS) {
            given(properties.getProperty("ray." + option)).ifPresent(value -> words.add("--" + option + "=" + value));
        }
        given(properties.getProperty(HEAD_ARGUMENTS))
                .ifPresent(line -> Stream.of(line.split("\\s+")).forEach(words::add));
        for (int i = 0; properties.getProperty(HEAD_ARGUMENTS + "." + i) != null; i++) {
            words.add(properties.getProperty(HEAD_ARGUMENTS + "." + i));
        }
        return words;
    }

    private static Optional<String> given(String text) {
        return Optional.ofNullable(text).filter(value -> !value.isBlank());
    }
}

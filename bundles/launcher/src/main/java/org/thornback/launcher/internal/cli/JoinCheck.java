// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.thornback.api.redis.RedisProbe;
import org.thornback.api.security.Secret;

/**
 * Looks at an address somebody wants to join, and says what is there.
 *
 * <p>A second node is not part of this version; whoever tries still learns first whether the address was right.
 */
final class JoinCheck {
    private static final String DEFAULT_PASSWORD = "5241590000000000";

    private JoinCheck() {}

    /**
     * Says why this node does not join.
     *
     * @param address {@code host:port} as given.
     * @param given   the options of the command line.
     * @return exit status.
     */
    static int refuse(String address, Map<String, String> given) {
        String password = Optional.ofNullable(given.get("redis-password"))
                .or(() -> Optional.ofNullable(System.getenv("RAY_REDIS_PASSWORD")))
                .orElse(DEFAULT_PASSWORD);
        System.err.println("ray start: --address=" + address + " " + finding(address, Secret.of(password)));
        return 1;
    }

    static String finding(String address, Secret password) {
        try {
            return switch (RedisProbe.look(address, password)) {
                case NO_ADDRESS ->
                    "is not an address: expected host:port with a port from 1 to 65535, as `ray start --head` prints"
                            + " it.";
                case CLUSTER ->
                    "is a cluster, but this version runs one node for each cluster: a program on that machine can use"
                            + " it; joining comes with a later version.";
                case WRONG_PASSWORD ->
                    "refused the Redis password: give that of the head with RAY_REDIS_PASSWORD or --redis-password.";
                case STRANGER ->
                    "answers, but is not the Redis of a Ray cluster: give the address that `ray start --head` printed.";
            };
        } catch (IOException silent) {
            return "does not answer (" + silent.getMessage() + "): is a head node running there?";
        }
    }
}

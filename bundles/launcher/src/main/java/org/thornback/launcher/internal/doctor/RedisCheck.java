// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.doctor;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.health.Diagnosis;
import org.thornback.api.redis.RedisProbe;
import org.thornback.api.redis.RedisProbe.Finding;
import org.thornback.api.security.Secret;

/** Whether others can get into the Redis of a node: it listens beyond loopback and takes the password everybody knows. */
final class RedisCheck {
    private static final String SUBJECT = "redis";

    /** Tries a password at an address. */
    @FunctionalInterface
    interface Door {
        /**
         * Tries.
         *
         * @param address  {@code host:port}.
         * @param password to be tried.
         * @return what is there.
         * @throws IOException when nothing answers.
         */
        Finding knock(String address, Secret password) throws IOException;
    }

    private final Door door;

    RedisCheck() {
        this(RedisProbe::look);
    }

    RedisCheck(Door door) {
        this.door = requireNonNull(door, "door");
    }

    Diagnosis look(String address) {
        try {
            Finding found = door.knock(address, Secret.of(OptionCatalogue.WELL_KNOWN_PASSWORD));
            String host = address.substring(0, address.lastIndexOf(':')).replaceAll("^\\[|]$", "");
            if (InetAddress.getByName(host).isLoopbackAddress()) {
                return Diagnosis.ok(SUBJECT, "Redis at " + address + " answers, and only on this machine.");
            }
            if (found == Finding.CLUSTER) {
                return Diagnosis.problem(
                        SUBJECT,
                        "Redis at " + address + " can be reached from other machines and takes the password everybody"
                                + " knows: whoever gets in can run programs here.",
                        "Start the head again with a password of its own, `RAY_REDIS_PASSWORD=$(openssl rand -hex 32)"
                            + " ray start --head`, or on loopback, `ray start --head --node-ip-address=127.0.0.1`.");
            }
            return Diagnosis.ok(SUBJECT, "Redis at " + address + " answers and refuses the password everybody knows.");
        } catch (IOException silent) {
            return Diagnosis.problem(
                    SUBJECT,
                    "Redis at " + address + " does not answer (" + silent.getMessage() + "), but its node runs.",
                    "See redis.err of the session, then `ray stop` and `ray start --head`.");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.redis.ControlStore;
import org.thornback.api.security.RedisCredentials;

/** Admits by the Redis password and numbers jobs in the control plane. Immutable. */
final class ClusterAdmission implements Admission {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final String ALGORITHM = "HmacSHA256";

    private final RedisCredentials credentials;
    private final ControlStore control;
    private final Executor conductor;

    ClusterAdmission(RedisCredentials credentials, ControlStore control, Executor conductor) {
        this.credentials = requireNonNull(credentials, "credentials");
        this.control = requireNonNull(control, "control");
        this.conductor = requireNonNull(conductor, "conductor");
    }

    @Override
    public boolean passwordProven(byte[] clientId, byte[] proof) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            byte[] key = credentials.password().reveal().getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return MessageDigest.isEqual(mac.doFinal(clientId), proof);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public String clusterAddress() {
        return control.address();
    }

    @Override
    public void nextJobId(IntConsumer action, Consumer<String> refusal) {
        control.next("job").whenComplete((number, failure) -> {
            if (failure == null) {
                conductor.execute(() -> action.accept(Math.toIntExact(number)));
            } else {
                LOG.error("a driver cannot join: the control plane gave no job number", failure);
                conductor.execute(() -> refusal.accept("The control plane at " + control.address()
                        + " gave no job number (" + failure.getMessage() + "): see redis.err of the session"));
            }
        });
    }
}

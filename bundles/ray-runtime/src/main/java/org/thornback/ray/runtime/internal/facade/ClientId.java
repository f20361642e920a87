// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.facade;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Ids of drivers and workers, and the proof that a driver knows the Redis password. */
final class ClientId {
    private static final int LENGTH = 28;
    private static final String ALGORITHM = "HmacSHA256";

    private ClientId() {}

    static byte[] random() {
        byte[] id = new byte[LENGTH];
        new SecureRandom().nextBytes(id);
        return id;
    }

    static byte[] ofWorker() {
        String digits = System.getProperty("thornback.worker-id", "");
        if (digits.length() != 2 * LENGTH) {
            throw new IllegalStateException(
                    "thornback.worker-id=" + digits + " is not 56 hexadecimal digits: workers are started by a node");
        }
        return HexFormat.of().parseHex(digits);
    }

    /** HMAC-SHA256 of the id under the password. */
    static byte[] proof(byte[] clientId, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(clientId);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}

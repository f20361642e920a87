// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.security;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text nobody may read by accident: it prints as {@code ****} and is compared in constant time.
 *
 * <p>Immutable. Only {@link #reveal()} gives the text; each call of it is a place where the text could leak.
 */
public final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /**
     * Wraps a text.
     *
     * @param text to be kept.
     * @return the secret.
     */
    public static Secret of(String text) {
        return new Secret(requireNonNull(text, "text"));
    }

    /**
     * Gives the text itself, for the one call that needs it.
     *
     * @return the text.
     */
    public String reveal() {
        return text;
    }

    /**
     * Tells whether there is nothing to protect.
     *
     * @return true for the empty text.
     */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that
                && MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.UTF_8), that.text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return 0; // no bit of the text leaves through a hash
    }

    @Override
    public String toString() {
        return "****";
    }
}

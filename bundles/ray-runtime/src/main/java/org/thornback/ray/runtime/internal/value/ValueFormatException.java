// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.value;

import org.thornback.api.ThornbackException;

/** Bytes cannot be turned into a value, or a value into bytes; the message names the class and the reason. */
public final class ValueFormatException extends ThornbackException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message one sentence.
     */
    public ValueFormatException(String message) {
        super(Category.INPUT, message);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message one sentence.
     * @param cause   what happened underneath.
     */
    public ValueFormatException(String message, Throwable cause) {
        super(Category.INPUT, message, cause);
    }
}

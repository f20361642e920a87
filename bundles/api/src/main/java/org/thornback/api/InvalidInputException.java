// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api;

/** The user's input cannot be obeyed; the message says which, why, and what would be right. */
public final class InvalidInputException extends ThornbackException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message one sentence with {@code name=value}, what was expected and what to do.
     */
    public InvalidInputException(String message) {
        super(Category.INPUT, message);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message one sentence with {@code name=value}, what was expected and what to do.
     * @param cause   what happened underneath.
     */
    public InvalidInputException(String message, Throwable cause) {
        super(Category.INPUT, message, cause);
    }
}

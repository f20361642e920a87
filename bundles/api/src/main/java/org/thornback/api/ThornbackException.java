// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api;

import static java.util.Objects.requireNonNull;

/**
 * Root of every exception Thornback throws on purpose.
 *
 * <p>The message is one sentence a user can act on: what was wrong as {@code name=value}, what was expected, what to do.
 * There is one subclass for each way a caller can react, not one for each place that fails.
 */
public class ThornbackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the caller should do about it. */
    public enum Category {
        /** The input is wrong: show the message, change the input. */
        INPUT,
        /** The moment is wrong: the same call may succeed later. */
        RETRY,
        /** Something this process needs is gone; the call will not succeed any more. */
        LOST,
        /** A defect or a broken machine: stop and report. */
        FATAL
    }

    private final Category category;

    /**
     * Creates the exception.
     *
     * @param category what the caller should do.
     * @param message  one sentence with {@code name=value}, what was expected and what to do.
     */
    public ThornbackException(Category category, String message) {
        super(requireNonNull(message, "message"));
        this.category = requireNonNull(category, "category");
    }

    /**
     * Creates the exception with its cause.
     *
     * @param category what the caller should do.
     * @param message  one sentence with {@code name=value}, what was expected and what to do.
     * @param cause    what happened underneath.
     */
    public ThornbackException(Category category, String message, Throwable cause) {
        super(requireNonNull(message, "message"), cause);
        this.category = requireNonNull(category, "category");
    }

    /**
     * What the caller should do.
     *
     * @return the category.
     */
    public Category category() {
        return category;
    }
}

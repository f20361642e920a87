// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import org.thornback.api.ThornbackException;

/** The store's process or its component is gone; this connection will not come back. */
public final class StoreGoneException extends ThornbackException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message one sentence with {@code name=value}, what was expected and what to do.
     */
    public StoreGoneException(String message) {
        super(Category.LOST, message);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message one sentence with {@code name=value}, what was expected and what to do.
     * @param cause   what happened underneath.
     */
    public StoreGoneException(String message, Throwable cause) {
        super(Category.LOST, message, cause);
    }
}

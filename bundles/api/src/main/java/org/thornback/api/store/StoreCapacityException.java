// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import org.thornback.api.ThornbackException;

/** The store was asked to be larger than the memory or file system below it: choose a smaller size or another directory. */
public final class StoreCapacityException extends ThornbackException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message one sentence with {@code name=value}, what was expected and what to do.
     */
    public StoreCapacityException(String message) {
        super(Category.INPUT, message);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import org.thornback.api.ThornbackException;

/** No room for an object, although everything unused was evicted: release references and try again. */
public final class StoreFullException extends ThornbackException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message one sentence with {@code name=value}, what was expected and what to do.
     */
    public StoreFullException(String message) {
        super(Category.RETRY, message);
    }
}

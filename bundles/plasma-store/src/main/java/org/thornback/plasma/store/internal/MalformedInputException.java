// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import org.thornback.api.ThornbackException;

/** Bytes of a client make no sense; it costs that client its connection. */
final class MalformedInputException extends ThornbackException {
    private static final long serialVersionUID = 1L;

    MalformedInputException(String message) {
        super(Category.INPUT, message);
    }

    MalformedInputException(String message, Throwable cause) {
        super(Category.INPUT, message, cause);
    }
}

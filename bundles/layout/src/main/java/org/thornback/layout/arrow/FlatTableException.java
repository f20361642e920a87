// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout.arrow;

import org.thornback.api.ThornbackException;

/** A FlatBuffer leads outside its bytes, or lacks what it must have: whoever sent it is not to be trusted. */
public final class FlatTableException extends ThornbackException {
    private static final long serialVersionUID = 1L;

    FlatTableException(String message) {
        super(Category.INPUT, message);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples.bank;

/** An account does not hold what was asked of it. */
public final class OverdrawnException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OverdrawnException(String message) {
        super(message);
    }
}

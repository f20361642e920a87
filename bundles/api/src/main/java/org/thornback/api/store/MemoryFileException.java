// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/** The system did not give a file of memory; the message says which call failed and why. */
public final class MemoryFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean full;

    /**
     * Creates the exception.
     *
     * @param message what failed.
     * @param full    whether there is too little memory or space, so that asking for less may help.
     */
    public MemoryFileException(String message, boolean full) {
        super(requireNonNull(message, "message"));
        this.full = full;
    }

    /**
     * Whether asking for less may help.
     *
     * @return true when memory or space is lacking.
     */
    public boolean isFull() {
        return full;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

/** What a user asked for is not done; the message says why, in one sentence. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    private RefusedException(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    /** What was asked for cannot be had. */
    static RefusedException because(String sentence) {
        return new RefusedException(1, sentence);
    }

    /** The words make no sense. */
    static RefusedException usage(String sentence) {
        return new RefusedException(2, sentence);
    }

    /** Exit status for the user. */
    int status() {
        return status;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.health.internal;

import static java.util.Objects.requireNonNull;

import org.apache.felix.hc.api.Result.Status;

/**
 * What one check found.
 *
 * @param check   its name.
 * @param meaning a sentence that is true when the status is OK; empty when the check says none.
 * @param status  of what was found.
 * @param text    what was found, in a sentence.
 */
record Finding(String check, String meaning, Status status, String text) {
    Finding {
        requireNonNull(check, "check");
        requireNonNull(meaning, "meaning");
        requireNonNull(status, "status");
        requireNonNull(text, "text");
    }

    /** Whether work is taken in spite of it. */
    boolean isHealthy() {
        return status == Status.OK || status == Status.WARN;
    }
}

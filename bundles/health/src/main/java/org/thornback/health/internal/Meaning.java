// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.health.internal;

/** Names of what health checks say of themselves as services. */
final class Meaning {
    /** Service property: one sentence that is true as long as the check is OK. */
    static final String PROPERTY = "thornback.health.meaning";

    /** Longest time a part may take to answer, in seconds: half of what a whole check-up may take. */
    static final long ANSWER_SECONDS = 2;

    private Meaning() {}
}

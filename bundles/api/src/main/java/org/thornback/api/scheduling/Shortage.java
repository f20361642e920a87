// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.scheduling;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Why a request is not granted.
 *
 * @param kind    what kind of reason.
 * @param missing what is wanted beyond what there is or is free, in 1/10000; nothing for {@link Kind#TURN}.
 */
public record Shortage(Kind kind, Map<String, Long> missing) {

    /** What kind of reason. */
    public enum Kind {
        /** The node does not have it, whoever gives something back. */
        NEVER,
        /** Others hold it. */
        NOW,
        /** It needs nothing, and as many tasks that need nothing run as there are CPUs. */
        TURN
    }

    /** Checks that nothing is missing. */
    public Shortage {
        requireNonNull(kind, "kind");
        missing = Map.copyOf(missing);
    }
}

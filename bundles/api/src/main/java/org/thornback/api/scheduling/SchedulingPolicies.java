// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.scheduling;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.thornback.api.InvalidInputException;

/** The scheduling policies this node knows, and the one it asks. Safe from any thread. */
@ProviderType
public interface SchedulingPolicies {

    /**
     * One policy.
     *
     * @param name      by which a user chooses it.
     * @param inUse     whether it is asked.
     * @param ranking   among those nobody named, the highest is asked.
     * @param decisions it has been asked for since its bundle came.
     * @param failures  how many of them were made without it, because it threw or answered nonsense.
     * @param remark    what went wrong last, in a sentence; mostly empty.
     */
    record Entry(String name, boolean inUse, int ranking, long decisions, long failures, String remark) {

        /** Checks that nothing is missing. */
        public Entry {
            requireNonNull(name, "name");
            requireNonNull(remark, "remark");
        }
    }

    /**
     * Lists them.
     *
     * @return by name.
     */
    List<Entry> list();

    /**
     * Asks another policy from the next decision on.
     *
     * @param name of the policy; empty for the one that ranks highest.
     * @throws InvalidInputException when there is no such policy; nothing has changed then.
     */
    void use(String name);
}

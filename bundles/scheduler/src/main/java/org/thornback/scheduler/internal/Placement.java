// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.scheduler.internal;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.id.BinaryId;

/**
 * Asks the policy of the moment where a request goes. The policy may be an outsider's: whatever it throws is reported, and the
 * decision is made without it. Until there is one, everything goes to this node.
 *
 * <p>Owned by the scheduler's caller.
 */
final class Placement {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");

    private final Supplier<Candidate> choice;
    private final Accounting accounting;
    private BinaryId local;
    private Candidate asked;
    private boolean changed = true;

    /**
     * Knows no node yet.
     *
     * @param choice     the policy of the moment, null for none; looked at for each decision.
     * @param accounting of this node.
     */
    Placement(Supplier<Candidate> choice, Accounting accounting) {
        this.choice = requireNonNull(choice, "choice");
        this.accounting = requireNonNull(accounting, "accounting");
    }

    void local(BinaryId node) {
        if (!node.equals(local)) {
            leave();
        }
        local = node;
        changed = true;
    }

    /** What is in use here is not what it was. */
    void changed() {
        changed = true;
    }

    /** Whether a request that this node has room for is to run here. */
    boolean here(Map<String, Long> resources) {
        Candidate now = choice.get();
        if (now != asked) {
            leave();
            asked = now;
            changed = true;
        }
        return asked == null || local == null || ask(resources);
    }

    private boolean ask(Map<String, Long> resources) {
        asked.decided();
        Optional<BinaryId> chosen;
        try {
            tell();
            chosen = asked.policy().choose(resources, local);
        } catch (RuntimeException | Error broken) {
            failed("it threw " + broken, broken);
            return true;
        }
        if (chosen == null) {
            failed("it answered null", null);
            return true;
        }
        if (chosen.isPresent() && !chosen.get().equals(local)) {
            failed("it chose node " + chosen.get() + ", which is not in the cluster", null);
            return true;
        }
        return chosen.isPresent();
    }

    private void tell() {
        if (changed) {
            asked.policy().changed(local, accounting.total(), accounting.available());
            changed = false; // only now: a policy that threw is told again
        }
    }

    /** The policy before is no longer told of changes, so it forgets the node: it may be asked again later. */
    private void leave() {
        if (asked == null || local == null) {
            return;
        }
        try {
            asked.policy().removed(local);
        } catch (RuntimeException | Error broken) {
            failed("it threw " + broken, broken);
        }
    }

    private void failed(String reason, Throwable cause) {
        if (asked.failed(reason)) {
            LOG.error(
                    "scheduling policy {} fails: {}; what it cannot decide goes to this node. `ray policy list` counts"
                            + " how often, this is not said again.",
                    asked.name(),
                    reason,
                    cause);
        }
    }
}

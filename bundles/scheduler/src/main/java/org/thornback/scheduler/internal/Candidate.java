// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.scheduler.internal;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.Constants;
import org.thornback.api.scheduling.SchedulingPolicies.Entry;
import org.thornback.api.scheduling.SchedulingPolicy;

/** A policy that is there, as its bundle describes it, and how it has done so far. Counts are safe from any thread. */
final class Candidate {
    /** The better one first: higher ranking, else the older service. */
    static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparingInt((Candidate one) -> -one.ranking).thenComparingLong(one -> one.serviceId);

    private final SchedulingPolicy policy;
    private final String name;
    private final int ranking;
    private final long serviceId;
    private final AtomicLong decisions = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile String lastFailure = "";

    Candidate(SchedulingPolicy policy, Map<String, Object> properties) {
        this.policy = requireNonNull(policy, "policy");
        serviceId = properties.get(Constants.SERVICE_ID) instanceof Long id ? id : 0;
        name = properties.get(SchedulingPolicy.NAME) instanceof String given ? given : "policy-" + serviceId;
        ranking = properties.get(Constants.SERVICE_RANKING) instanceof Integer given ? given : 0;
    }

    SchedulingPolicy policy() {
        return policy;
    }

    String name() {
        return name;
    }

    void decided() {
        decisions.incrementAndGet();
    }

    /** It threw or answered nonsense; returns whether that is the first time. */
    boolean failed(String reason) {
        lastFailure = reason;
        return failures.getAndIncrement() == 0;
    }

    Entry entry(boolean inUse) {
        return new Entry(name, inUse, ranking, decisions.get(), failures.get(), lastFailure);
    }
}

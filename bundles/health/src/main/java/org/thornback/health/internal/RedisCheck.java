// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.health.internal;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.redis.ControlStore;
import org.thornback.api.redis.ControlStore.Table;

/** Reads a fact that nobody writes: only a Redis that serves its tables answers that. Safe from any thread. */
@Component(
        property = {
            HealthCheck.NAME + "=redis",
            HealthCheck.TAGS + "=node",
            Meaning.PROPERTY + "=Redis answers: jobs, actors and names can be written down."
        })
public final class RedisCheck implements HealthCheck {
    private static final String NOBODYS_KEY = "health-check";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ControlStore control;

    /** Waits for somebody to ask. */
    @Activate
    public RedisCheck() {}

    @Override
    public Result execute() {
        ControlStore asked = control;
        return asked == null
                ? Answers.critical(
                        "the control plane of this node is not there (yet): its bundle does not run, or Redis"
                                + " does not answer.")
                : Answers.await(
                        "Redis at " + asked.address(),
                        asked.get(Table.FACTS, NOBODYS_KEY),
                        fact -> new Result(Status.OK, "Redis at " + asked.address() + " answers."));
    }
}

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
import org.thornback.api.cluster.ClusterView;

/** Asks the raylet, whose conductor answers between two pieces of work. Safe from any thread. */
@Component(
        property = {
            HealthCheck.NAME + "=raylet",
            HealthCheck.TAGS + "=node",
            Meaning.PROPERTY + "=The raylet takes work: a task can run."
        })
public final class RayletCheck implements HealthCheck {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ClusterView view;

    /** Waits for somebody to ask. */
    @Activate
    public RayletCheck() {}

    @Override
    public Result execute() {
        ClusterView asked = view;
        return asked == null
                ? Answers.critical("the raylet of this node does not run (yet): no task can run here now.")
                : Answers.await(
                        "the raylet of this node",
                        asked.status(),
                        status -> new Result(
                                Status.OK, status.jobs() + " jobs and " + status.actors() + " actors are here."));
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.health.internal;

import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.health.NodeParts;

/**
 * Asks for bundles and components that do not run. Safe from any thread.
 *
 * <p>A component that lacks something is critical, for what it does is not done. A stopped bundle that no component lacks is
 * only a warning: a backend that is not in use, for instance.
 */
@Component(
        property = {
            HealthCheck.NAME + "=parts",
            HealthCheck.TAGS + "=node",
            Meaning.PROPERTY + "=Every bundle of the distribution runs, and every component has what it needs."
        })
public final class PartsCheck implements HealthCheck {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile NodeParts parts;

    /** Waits for somebody to ask. */
    @Activate
    public PartsCheck() {}

    @Override
    public Result execute() {
        NodeParts asked = parts;
        if (asked == null) {
            return new Result(
                    Status.WARN, "nobody knows what belongs to this node: it was not started by `ray start`.");
        }
        List<String> stopped = asked.stoppedBundles();
        List<String> idle = asked.idleComponents();
        if (stopped.isEmpty() && idle.isEmpty()) {
            return new Result(Status.OK, "nothing is missing.");
        }
        String sentences =
                String.join(" ", stopped) + (stopped.isEmpty() || idle.isEmpty() ? "" : " ") + String.join(" ", idle);
        return new Result(idle.isEmpty() ? Status.WARN : Status.CRITICAL, sentences);
    }
}

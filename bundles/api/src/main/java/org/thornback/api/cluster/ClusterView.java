// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.cluster;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** The cluster as this node's raylet sees it. Registered once a task can run. Safe from any thread. */
@ProviderType
public interface ClusterView {

    /**
     * The status now.
     *
     * @return completes on the raylet's conductor.
     */
    CompletionStage<NodeStatus> status();
}

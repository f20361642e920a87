// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.health;

import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The parts a node is made of: the bundles of its distribution and the components in them.
 *
 * <p>Registered by the launcher before any bundle starts, so that it is there whichever of them stops. Safe from any thread.
 */
@ProviderType
public interface NodeParts {

    /**
     * Waits until every bundle has been started once. Those that no task needs start when the node is ready already.
     *
     * @param limit longest time to wait.
     * @return false when that was not enough.
     * @throws InterruptedException when the thread is to end.
     */
    boolean awaitStarted(Duration limit) throws InterruptedException;

    /**
     * Bundles of the distribution that do not run now. Those uninstalled are not meant to run.
     *
     * @return one sentence each, with what starts it again; empty when all run.
     */
    List<String> stoppedBundles();

    /**
     * Components that failed, or wait for a service that nobody offers now.
     *
     * @return one sentence each; empty when all can work.
     */
    List<String> idleComponents();

    /**
     * The same of one bundle, which need not be of the distribution.
     *
     * @param bundle its number in the framework.
     * @return one sentence each; empty when all can work, and when there is no such bundle.
     */
    List<String> idleComponents(long bundle);
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import org.thornback.launcher.internal.record.NodeRecord;

/**
 * Whoever waits for a node to start: the user's shell or a driver.
 *
 * <p>Called by the launching thread only: {@link #ready} once, after all remarks, or {@link #refused} once.
 */
public interface Starter {

    /**
     * The node starts, but in some point not as its user may expect.
     *
     * @param sentence for the user.
     */
    void remark(String sentence);

    /**
     * A task can run.
     *
     * @param node how to reach it.
     * @return false when the starter is gone and nobody wants the node.
     */
    boolean ready(NodeRecord node);

    /**
     * The node will not run.
     *
     * @param sentences why, for the user.
     */
    void refused(Iterable<String> sentences);

    /**
     * Returns when the starter wants the node to end, if there is such a moment.
     *
     * @throws InterruptedException when the node ends for another reason.
     */
    void awaitEnd() throws InterruptedException;
}

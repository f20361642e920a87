// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.cluster;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How a starting node answers whoever started it, once.
 *
 * <p>Registered by the launcher before any bundle starts. Every component that finds that the node cannot start calls
 * {@link #refuse}; the raylet calls {@link #ready} when a task can run. The first of these decides, later ones are ignored.
 * Safe from any thread.
 */
@ProviderType
public interface StartAnswer {

    /**
     * The node runs and a task can run on it.
     *
     * @param node what the starter needs to connect.
     */
    void ready(NodeDescription node);

    /**
     * The node starts, but in some point not as its user may expect. Heard until the node is ready; any number of times.
     *
     * @param sentence complete in itself.
     */
    void remark(String sentence);

    /**
     * The node cannot start; the launcher prints the sentences, stops everything and exits with status 1.
     *
     * @param sentences one for each problem, each complete in itself.
     */
    void refuse(List<String> sentences);
}

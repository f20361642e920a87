// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.resources;

import org.osgi.annotation.versioning.ConsumerType;
import org.thornback.api.InvalidInputException;

/**
 * A part of the node that works with what the node offers, and hears when that is edited. Registered as a service.
 *
 * <p>Called by one thread at a time, whichever edits.
 */
@ConsumerType
public interface ResourceListener {

    /**
     * The node offers something else from now on. It may be called again with what was before, when another part refused.
     *
     * @param now all that is offered.
     * @throws InvalidInputException when this part cannot do with it; then it goes on with what was before.
     */
    void offered(NodeResources now);
}

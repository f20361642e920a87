// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.resources;

import org.osgi.annotation.versioning.ConsumerType;

/** Looks at the machine. Asked once at the start of a node and whenever somebody wants to look again; must be quick. */
@ConsumerType
public interface ResourceDetector {

    /**
     * Looks.
     *
     * @return what there is.
     */
    Machine detect();
}

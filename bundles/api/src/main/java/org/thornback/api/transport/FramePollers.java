// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.transport;

import org.osgi.annotation.versioning.ProviderType;

/** Makes pollers. A service. */
@ProviderType
public interface FramePollers {

    /**
     * A new poller without connections.
     *
     * @return to be closed by the caller.
     */
    FramePoller open();
}

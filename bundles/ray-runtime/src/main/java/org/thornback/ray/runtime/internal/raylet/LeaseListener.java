// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.raylet;

/** Hears of leases. Called on the polling thread. */
public interface LeaseListener {

    /**
     * A worker is there.
     *
     * @param grant to use or to return.
     */
    void granted(LeaseGrant grant);

    /**
     * A request can never be granted.
     *
     * @param requestId of the request.
     * @param reason    one sentence.
     */
    void refused(long requestId, String reason);
}

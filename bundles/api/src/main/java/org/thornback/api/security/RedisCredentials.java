// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.security;

import org.osgi.annotation.versioning.ConsumerType;

/** What proves to Redis, and to nodes of the cluster, that somebody belongs to it. Immutable. */
@ConsumerType
public interface RedisCredentials {

    /**
     * The password.
     *
     * @return never empty.
     */
    Secret password();

    /**
     * Whether it is the one everybody knows.
     *
     * @return true for the page's default.
     */
    boolean isDefault();
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.config;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What was configured when that was refused: a service in place of {@link Configuration}, for whoever looks for what is wrong. No
 * node runs by it. Safe from any thread.
 */
@ProviderType
public interface RefusedConfiguration {

    /**
     * As much of it as is right.
     *
     * @return has the default of an option whose value was wrong.
     */
    Configuration readable();
}

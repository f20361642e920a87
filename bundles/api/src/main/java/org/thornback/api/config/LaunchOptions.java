// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.config;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the command line that started this node said, as texts by option key.
 *
 * <p>Registered by the launcher before any bundle starts. It is the layer "command line or init" of the configuration;
 * nothing of it is checked yet: the one validator is the configuration bundle.
 */
@ProviderType
public interface LaunchOptions {

    /**
     * The options given, by catalogue key (for instance {@code num-cpus} or {@code redis-password}).
     *
     * @return an immutable map; secrets are among the values, so it is never printed.
     */
    Map<String, String> given();

    /**
     * Whether the starter owns this node: the node ends when the starter does.
     *
     * @return true for {@code Ray.init()}, false for {@code ray start}.
     */
    boolean owned();
}

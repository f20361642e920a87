// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.config;

import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.thornback.api.InvalidInputException;

/**
 * Edits of live options while the node runs: the strongest layer of the configuration. It is what Config Admin holds under
 * {@link #PID}, so an edit there is the same as one through this service.
 *
 * <p>An edit that some part of the node refuses changes nothing, and Config Admin says what holds. Safe from any thread.
 */
@ProviderType
public interface LiveConfiguration {

    /** The PID of the live options in Config Admin; its properties are called like the options. */
    String PID = "org.thornback.options";

    /**
     * Changes options, all or none.
     *
     * @param values texts by name of the option; an empty one says that there is no value, whatever weaker layers say.
     * @param source who edits, for the log and for {@link Configuration#explain}.
     * @throws InvalidInputException when a name is unknown or not live, a value is not allowed, or a part refuses it; nothing
     *                               has changed then.
     */
    void set(Map<String, String> values, String source);

    /**
     * Lets edits hold in place of others, all or none: what is edited no more has again what weaker layers say.
     *
     * @param before options whose edits are taken back, unless they have a value here; those that were not edited are ignored.
     * @param values texts by name of the option, as for {@link #set}.
     * @param source who edits, for the log and for {@link Configuration#explain}.
     * @throws InvalidInputException as {@link #set} does; nothing has changed then.
     */
    void replace(Set<String> before, Map<String, String> values, String source);
}

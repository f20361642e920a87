// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.config;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;
import org.thornback.api.InvalidInputException;

/**
 * A part of the node that takes on other values of live options while it runs. Registered as a service once the part works.
 *
 * <p>Called by one thread at a time, whichever edits.
 */
@ConsumerType
public interface LiveOptions {

    /**
     * The options it takes on.
     *
     * @return live ones of the catalogue; always the same.
     */
    Set<Option<?>> options();

    /**
     * Takes on what the options say now; called when one of them has changed. It may be called again with the values before,
     * when another part refused the edit.
     *
     * @param now a whole, valid configuration.
     * @throws InvalidInputException when the values cannot be; then it goes on with those before.
     */
    void take(Configuration now);
}

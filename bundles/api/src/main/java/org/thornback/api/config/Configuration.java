// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.config;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one configuration of this node, validated as a whole. Registered only when it is valid.
 *
 * <p>Safe from any thread. Take values, do not keep this.
 */
@ProviderType
public interface Configuration {

    /**
     * Value of an option.
     *
     * @param option of the catalogue.
     * @param <T>    type of its values.
     * @return given or default value; empty when the default is detected.
     */
    <T> Optional<T> find(Option<T> option);

    /**
     * Value of an option that has a default.
     *
     * @param option of the catalogue.
     * @param <T>    type of its values.
     * @return the value.
     */
    default <T> T value(Option<T> option) {
        return find(option)
                .orElseThrow(() -> new IllegalArgumentException("option=" + option.name() + " has no default"));
    }

    /**
     * Where the value of an option comes from.
     *
     * @param option of the catalogue.
     * @return the explanation; secrets show as {@code ****}.
     */
    Explanation explain(Option<?> option);

    /**
     * Explains every option.
     *
     * @return in the order of the catalogue.
     */
    List<Explanation> explainAll();
}

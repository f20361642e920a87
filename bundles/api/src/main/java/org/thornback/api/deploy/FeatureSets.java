// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.deploy;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.thornback.api.InvalidInputException;

/**
 * The features of the distribution, as sets of bundles that can be installed and removed while the node runs. Safe from any
 * thread; changes are made one after the other, on the thread that asks, and may take seconds.
 */
@ProviderType
public interface FeatureSets {

    /**
     * One feature.
     *
     * @param name      of its file, without {@code .feature}.
     * @param installed whether all its bundles are.
     * @param about     what it is for, or why its file cannot be understood.
     */
    record Entry(String name, boolean installed, String about) {

        /** Checks that nothing is missing. */
        public Entry {
            requireNonNull(name, "name");
            requireNonNull(about, "about");
        }
    }

    /**
     * Lists them.
     *
     * @return by name.
     */
    List<Entry> list();

    /**
     * Installs a feature and what it needs. It is resolved as a whole before anything starts.
     *
     * @param name of the feature.
     * @return symbolic names of the bundles that run now and did not before.
     * @throws InvalidInputException when there is none of that name, or it does not resolve, or a bundle of it does not start;
     *                               nothing has changed then.
     */
    List<String> install(String name);

    /**
     * Stops and removes the bundles of a feature that no other feature has, last started first.
     *
     * @param name of the feature.
     * @return symbolic names of the bundles that have gone.
     * @throws InvalidInputException when it is not installed, or something else needs it; nothing has changed then.
     */
    List<String> uninstall(String name);
}

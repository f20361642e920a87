// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.thornback.api.InvalidInputException;

/**
 * Makes backends of one kind where a user wants them. Registered as a service, with property {@link StoreBackend#NAME}, while
 * its bundle is there, whether or not the machine has what its backends need.
 *
 * <p>Called on helper threads.
 */
@ConsumerType
public interface BackendSource {

    /**
     * Short name by which a user chooses it.
     *
     * @return for instance {@code hugepages}.
     */
    String name();

    /**
     * Makes a backend, after checking that it can really provide memory there.
     *
     * @param directory where its files go; empty when the user named none.
     * @return the backend.
     * @throws InvalidInputException with one sentence for each thing that is missing, and what to do.
     */
    StoreBackend in(Optional<Path> directory);
}

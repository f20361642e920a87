// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.keeper;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that works and that a successor can let work on without knowing its classes. It rests while its bundle is
 * stopped. One thread at a time.
 */
@ConsumerType
public interface Estate extends AutoCloseable {

    /** Lets it rest: whoever asks it for something waits from now on. */
    void rest();

    /** Lets it work again. */
    void resume();

    /**
     * The services it provides.
     *
     * @return by interface, as they are to be registered.
     */
    Map<Class<?>, Object> services();

    /** Ends it with everything in it. */
    @Override
    void close();
}

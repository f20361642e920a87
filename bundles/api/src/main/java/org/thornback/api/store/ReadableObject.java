// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import java.lang.foreign.MemorySegment;
import org.osgi.annotation.versioning.ProviderType;

/** A sealed object, pinned for the caller until closed. Safe from any thread; closing twice does nothing. */
@ProviderType
public interface ReadableObject extends AutoCloseable {

    /**
     * Its name.
     *
     * @return the id.
     */
    PlasmaId id();

    /**
     * The data, in place.
     *
     * @return a read-only segment, not to be touched after {@link #close()}.
     */
    MemorySegment data();

    /**
     * The metadata.
     *
     * @return a copy.
     */
    byte[] metadata();

    /** Lets go of the bytes. */
    @Override
    void close();
}

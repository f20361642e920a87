// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import java.lang.foreign.MemorySegment;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An object of this process that is being written; seen by nobody until sealed. Closing without sealing aborts it. Used by
 * one thread at a time.
 */
@ProviderType
public interface WritableObject extends AutoCloseable {

    /**
     * Its name.
     *
     * @return the id.
     */
    PlasmaId id();

    /**
     * Where the data go.
     *
     * @return a writable segment, not to be touched after {@link #seal()} or {@link #close()}.
     */
    MemorySegment data();

    /**
     * Where the metadata go.
     *
     * @return a writable segment, not to be touched after {@link #seal()} or {@link #close()}.
     */
    MemorySegment metadata();

    /**
     * Makes it immutable and visible. Does not wait: the conductor publishes it after what it was told before, so that
     * {@link ObjectStore#get} may miss it for a moment, and {@link ObjectStore#awaitSealed} never does.
     */
    void seal();

    /** Aborts it unless it was sealed. */
    @Override
    void close();
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Where the store writes objects that are held but do not fit, to bring them back when somebody wants them.
 *
 * <p>Registered as a service; the one of the highest ranking is used from the next object on, and whoever got an object is asked
 * for it, even when its service has gone. Called on one helper thread of the store. What lies here ends with the process,
 * however it ends.
 */
@ConsumerType
public interface SpillTarget {
    /** Service property, a Boolean: true when evicted objects come here as well, and not only those somebody holds. */
    String EVICTED = "thornback.spill.evicted";

    /**
     * Writes an object.
     *
     * @param bytes of it, data and metadata.
     * @return where it is, for {@link #read} and {@link #free}.
     * @throws IOException when it cannot be written, for instance because the disk is full; nothing is left then.
     */
    long write(MemorySegment bytes) throws IOException;

    /**
     * Reads an object back; it stays until it is freed.
     *
     * @param place where it is.
     * @param into  as long as what was written.
     * @throws IOException when it cannot be read.
     */
    void read(long place, MemorySegment into) throws IOException;

    /**
     * Gives the place up.
     *
     * @param place  where the object was.
     * @param length bytes of it.
     */
    void free(long place, long length);
}

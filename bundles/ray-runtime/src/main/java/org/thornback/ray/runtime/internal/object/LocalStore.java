// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.object;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.thornback.ray.runtime.internal.value.ValueCodec;

/** The node's plasma store as objects of this process need it. Safe from any thread. */
public interface LocalStore {

    /**
     * Writes an object and seals it. Writing an id that is there already changes nothing.
     *
     * @param objectId 28 bytes.
     * @param metadata what kind of value it is.
     * @param body     copied once.
     */
    void put(byte[] objectId, byte[] metadata, MemorySegment body);

    /**
     * Looks, without a call.
     *
     * @param objectId 28 bytes.
     * @return whether it is sealed here.
     */
    boolean contains(byte[] objectId);

    /**
     * Asks to be told, once for each id that is asked for.
     *
     * @param objectId 28 bytes.
     * @param action   run on a thread of the store's client, now if it is there.
     */
    void tellWhenSealed(byte[] objectId, Runnable action);

    /**
     * Reads an object.
     *
     * @param objectId 28 bytes.
     * @param codec    makes the value.
     * @return the value or error; empty when nothing is in the store under the id.
     */
    Optional<StoredValue> read(byte[] objectId, ValueCodec codec);

    /**
     * Reads an object's metadata, whatever they mean.
     *
     * @param objectId 28 bytes.
     * @return a copy; empty when nothing is in the store under the id.
     */
    Optional<byte[]> metadata(byte[] objectId);
}

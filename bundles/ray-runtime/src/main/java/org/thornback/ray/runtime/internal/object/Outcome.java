// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.object;

import org.thornback.ray.runtime.internal.value.ValueTag;

/** What became of an object. Immutable. */
public sealed interface Outcome {

    /**
     * The value came with the answer.
     *
     * @param tag  its kind; an error tag makes get throw.
     * @param body its bytes, not to be changed.
     */
    record Inline(ValueTag tag, byte[] body) implements Outcome {}

    /**
     * The value lies in the store.
     *
     * @param size of its body in bytes.
     */
    record Stored(long size) implements Outcome {}

    /**
     * Tells whether get throws.
     *
     * @return true for an error that is known here; an error in the store is found by reading it.
     */
    default boolean failed() {
        return this instanceof Inline(ValueTag tag, byte[] _) && tag.isError();
    }
}

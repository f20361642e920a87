// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import org.thornback.ray.runtime.internal.value.ValueTag;

/** An argument as it came. */
sealed interface IncomingArgument {

    /**
     * The value itself.
     *
     * @param tag  its kind.
     * @param body its bytes.
     */
    record Value(ValueTag tag, byte[] body) implements IncomingArgument {}

    /**
     * The value lies in the store, or will.
     *
     * @param objectId 28 bytes.
     */
    record Stored(byte[] objectId) implements IncomingArgument {}
}

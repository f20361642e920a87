// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.value;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.thornback.ray.runtime.internal.object.Shareable;

/**
 * A value as bytes.
 *
 * @param tag  what kind of value it is; the first byte of the metadata.
 * @param body the bytes; often the memory of the user's own array, so it is to be copied before the user may change it.
 * @param refs references and actor handles inside the value: whoever keeps the value keeps them.
 */
public record EncodedValue(ValueTag tag, MemorySegment body, List<Shareable> refs) {

    /** Checks that nothing is missing. */
    public EncodedValue {
        requireNonNull(tag, "tag");
        requireNonNull(body, "body");
        requireNonNull(refs, "refs");
    }

    static EncodedValue of(ValueTag tag, MemorySegment body) {
        return new EncodedValue(tag, body, List.of());
    }

    static EncodedValue of(ValueTag tag, byte[] body) {
        return of(tag, MemorySegment.ofArray(body));
    }

    /**
     * Length of the body.
     *
     * @return bytes.
     */
    public long size() {
        return body.byteSize();
    }
}

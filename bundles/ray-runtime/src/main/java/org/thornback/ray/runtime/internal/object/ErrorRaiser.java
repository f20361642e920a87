// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.object;

import io.ray.api.exception.RayException;
import io.ray.api.exception.UnreconstructableException;
import java.util.Optional;
import org.thornback.ray.runtime.internal.value.ValueFormatException;

/** Tells values from errors: a failed object's get throws what the task threw. */
final class ErrorRaiser {
    private ErrorRaiser() {}

    static Object valueOrThrow(Optional<StoredValue> read, RayObject<?> object) {
        StoredValue stored = read.orElseThrow(() -> new UnreconstructableException(object.objectId()));
        if (!stored.error()) {
            return stored.value();
        }
        switch (stored.value()) {
            case RuntimeException error -> throw error;
            case Throwable error -> throw new RayException(error.getMessage(), error);
            case null, default ->
                throw new ValueFormatException("an error object holds a value of class="
                        + (stored.value() == null
                                ? "null"
                                : stored.value().getClass().getName())
                        + "; expected an exception");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * The store's counters at one moment.
 *
 * @param backend name of the backend that new objects go to.
 * @param remark  why it is not the one the user would like, in a sentence; mostly empty.
 * @param values  each counter's value.
 */
public record StoreStatistics(String backend, String remark, Map<StoreCounter, Long> values) {

    /** Copies what is mutable. */
    public StoreStatistics {
        requireNonNull(backend, "backend");
        requireNonNull(remark, "remark");
        values = Map.copyOf(values);
    }

    /**
     * One counter.
     *
     * @param counter which.
     * @return its value, 0 when the store does not keep it.
     */
    public long value(StoreCounter counter) {
        return values.getOrDefault(counter, 0L);
    }
}

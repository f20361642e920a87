// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples.bank;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The actor that remembers: every booking of every account, in order. */
public final class Ledger {
    private final Map<String, List<Long>> bookings = new LinkedHashMap<>();

    /** Writes a booking down, and returns the new balance. */
    public long write(String account, long cents) {
        bookings.computeIfAbsent(account, name -> new ArrayList<>()).add(cents);
        return balance(account);
    }

    /** The sum of what was booked on an account. */
    public long balance(String account) {
        return bookings.getOrDefault(account, List.of()).stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}

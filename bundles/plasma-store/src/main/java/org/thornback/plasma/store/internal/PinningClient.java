// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import org.thornback.layout.PinPage;

/** A client that says in shared memory what it reads. Owned by the conductor. */
class PinningClient extends Client {
    private final PinPage pins;
    private long accessesSeen;

    PinningClient(String name, PinPage pins) {
        super(name);
        this.pins = pins;
    }

    PinPage pins() {
        return pins;
    }

    /** How many of its accesses have been taken note of. */
    long accessesSeen() {
        return accessesSeen;
    }

    void accessesSeen(long count) {
        accessesSeen = count;
    }
}

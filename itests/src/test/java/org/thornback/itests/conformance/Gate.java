// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.conformance;

import java.util.concurrent.CountDownLatch;

/** An actor whose calls wait until one of them opens it; it wants two threads at least. */
public class Gate {
    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch arrived;

    public Gate() {
        this(0);
    }

    /** Opens by itself when so many have arrived. */
    public Gate(int opensAt) {
        this.arrived = new CountDownLatch(opensAt);
    }

    public int pass(int value) throws InterruptedException {
        open.await();
        return value;
    }

    /** Waits until all are here at once. */
    public boolean meet() throws InterruptedException {
        arrived.countDown();
        arrived.await();
        return true;
    }

    public boolean open() {
        open.countDown();
        return true;
    }
}
